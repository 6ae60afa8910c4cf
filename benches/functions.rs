//! Times single functions on one article. Use it to see the effect of a change, not to compare with
//! others.
//!
//! `cargo bench -p fenci-bench --bench functions`, or
//! `cargo bench -p fenci-bench --bench functions -- --quick`.

#![allow(missing_docs, reason = "criterion_group makes a public function")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use fenci::keyword::Method;
use fenci::{Article, Dictionary, Extractor, Segmenter};

static TEXT: &str = include_str!("articles/finance.txt");
/// A crawled page: glossed, damaged, with furniture.
static PAGE: &str = include_str!("articles/stargate.txt");

criterion_group!(benches, start_up, cleaning, segmentation, keywords, dictionary);
criterion_main!(benches);

fn start_up(criterion: &mut Criterion) {
    criterion.bench_function("Segmenter::new", |bencher| bencher.iter(Segmenter::new));
}

/// Times a text that needs no cleaning, and a page that needs all of it.
fn cleaning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("Article::clean");
    for (name, text) in [("a clean text", TEXT), ("a page", PAGE)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| Article::clean(black_box(text))));
    }
    group.finish();
}

/// Times the whole article, into a vector that has room.
fn segmentation(criterion: &mut Criterion) {
    let segmenter = Segmenter::new();
    let without_hmm = segmenter.with_hmm(false);
    let mut tokens = Vec::new();
    let mut tagged = Vec::new();
    let mut group = criterion.benchmark_group("Segmenter");
    group.throughput(Throughput::Bytes(TEXT.len() as u64));
    group.bench_function("cut", |bencher| bencher.iter(|| segmenter.cut_into(black_box(TEXT), &mut tokens)));
    group.bench_function("cut without HMM", |bencher| {
        bencher.iter(|| without_hmm.cut_into(black_box(TEXT), &mut tokens));
    });
    group.bench_function("cut_all", |bencher| bencher.iter(|| segmenter.cut_all_into(black_box(TEXT), &mut tokens)));
    group.bench_function("cut_for_search", |bencher| {
        bencher.iter(|| segmenter.cut_for_search_into(black_box(TEXT), &mut tokens));
    });
    group.bench_function("tag", |bencher| bencher.iter(|| segmenter.tag_into(black_box(TEXT), &mut tagged)));
    group.finish();
}

fn keywords(criterion: &mut Criterion) {
    let segmenter = Segmenter::new();
    let mut group = criterion.benchmark_group("Extractor::extract");
    group.throughput(Throughput::Bytes(TEXT.len() as u64));
    for method in [Method::Phrases, Method::TfIdf, Method::TextRank] {
        let extractor = Extractor::builder().method(method).build();
        group.bench_function(format!("{method:?}"), |bencher| {
            bencher.iter(|| extractor.extract(&segmenter, black_box(TEXT), 20));
        });
    }
    let extractor = Extractor::new();
    group.bench_function("clean, segment and score", |bencher| {
        bencher.iter(|| extractor.extract(&segmenter, Article::clean(black_box(TEXT)).text(), 20));
    });
    group.finish();
}

fn dictionary(criterion: &mut Criterion) {
    let dictionary = Dictionary::embedded();
    let segmenter = Segmenter::new();
    let words: Vec<&str> = segmenter.cut(TEXT).map(|token| token.text()).collect();
    let mut group = criterion.benchmark_group("Dictionary");
    // All tokens of the article, so that their bytes are the bytes of the article.
    group.throughput(Throughput::Bytes(TEXT.len() as u64));
    group.bench_function("get", |bencher| {
        bencher.iter(|| words.iter().filter(|word| dictionary.get(black_box(word)).is_some()).count());
    });
    // Copying the bytes of the image is not timed.
    group.throughput(Throughput::Bytes(dictionary.to_bytes().len() as u64));
    group.sample_size(20);
    group.bench_function("from_bytes", |bencher| {
        bencher.iter_batched(|| dictionary.to_bytes().to_vec(), Dictionary::from_bytes, BatchSize::LargeInput);
    });
    group.finish();

    let mut group = criterion.benchmark_group("WordIndex");
    let index = dictionary.index();
    group.bench_function("complete", |bencher| bencher.iter(|| index.complete(black_box("中"), 10)));
    group.bench_function("similar", |bencher| bencher.iter(|| index.similar(black_box("人工只能"), 1)));
    group.finish();
}
