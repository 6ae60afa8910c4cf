//! Uses every public item as a downstream crate does. The code here must go on compiling.

use fenci::Article;
use fenci::article::{Cleaner, Glosses, Repair, RepairKind};
use fenci::dictionary::Similar;
use fenci::dictionary::{DictionaryBuilder, Entry, Tag, UserWords, WordId, WordIndex};
use fenci::idf::{DocumentFrequencies, Idf, IdfBuilder, IdfFormula, IdfTrainer, UnknownWords, document_words};
use fenci::keyword::{ExtractorBuilder, JiebaExtractorBuilder, Method, StopWords};
use fenci::segment::{
    Around, Candidate, Entity, Explanation, HmmModel, Marks, Origin, Place, SearchToken, SearchTokens,
    SegmenterBuilder, Simplifier, Symbol, TagModel, TaggedToken, TaggedTokens, Term, TermSource, Tokens, Weight,
    WordModel, WordWeights,
};
use fenci::{Dictionary, Error, Extractor, Keyword, Profile, Segmenter, Token};
use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::hash::Hash;

const TEXT: &str = "小明在中国科学院计算所，T恤3.14";

#[test]
fn in_a_hurry() {
    let tokens: Tokens<'static, '_> = fenci::cut(TEXT);
    assert_eq!(tokens.count(), 8);
    let keywords: Vec<Keyword> = fenci::keywords(TEXT, 1);
    assert_eq!((keywords.len(), keywords[0].to_string()), (1, keywords[0].as_ref().to_owned()));
    assert_eq!(String::from(keywords[0].clone()), keywords[0].text());
}

#[test]
fn segmenter() {
    let builder: SegmenterBuilder = Segmenter::builder()
        .profile(Profile::Natural)
        .dictionary(Dictionary::embedded())
        .hmm(true)
        .hmm_model(HmmModel::embedded())
        .tag_model(TagModel::embedded())
        .fold(true)
        .entity(Entity::Url, true)
        .white_space(true);
    let segmenter: Segmenter = builder.clone().build();
    assert_eq!(segmenter.profile(), Segmenter::default().profile());
    assert_eq!(segmenter.dictionary().shared_len(), 349_045);
    assert_eq!(segmenter.dictionary().id_bound(), segmenter.dictionary().len());

    let tokens: Tokens<'_, '_> = segmenter.cut(TEXT);
    let words: Vec<&str> = tokens.map(|token| token.text()).collect();
    assert_eq!(words, ["小明", "在", "中国", "科学院", "计算所", "，", "T恤", "3.14"]);
    let mut buffer: Vec<Token<'_>> = Vec::new();
    segmenter.with_hmm(false).cut_into(TEXT, &mut buffer);
    assert_eq!(buffer[0].start(), 0);
    segmenter.cut_all_into(TEXT, &mut buffer);
    assert_eq!(buffer, segmenter.cut_all(TEXT).collect::<Vec<_>>());
    segmenter.cut_for_search_into(TEXT, &mut buffer);
    assert_eq!(buffer, segmenter.cut_for_search(TEXT).collect::<Vec<_>>());

    let explanation: Explanation<'_> = segmenter.explain(TEXT);
    let place: Place<'_> = explanation.places()[0];
    let weight: Weight = place.border;
    assert_eq!((place.start, place.end(), place.text.len()), (0, place.text.len(), place.end()));
    assert_eq!(weight.sum(), weight.characters + weight.pairs + weight.dictionary);
    assert!(place.single.sum().is_finite());
    let first: &Candidate<'_> = &explanation.candidates()[0];
    assert_eq!((first.text, first.start, first.end(), first.is_chosen), ("小", 0, 3, false));
    assert!(first.word_id.is_some() && first.log_probability < 0.0 && explanation.log_probability() < 0.0);
    assert!(explanation.tokens().len() == 8 && explanation.to_dot().ends_with("}\n"));

    let placed: SearchTokens<'_, '_> = segmenter.search_tokens(TEXT);
    let placed: Vec<SearchToken<'_>> = placed.collect();
    assert_eq!((placed[0].text(), placed[0].token().start()), ("小明", 0));
    assert_eq!((placed[2].position(), placed[2].position_length()), (3, 5));

    let tagged: TaggedTokens<'_, '_> = segmenter.tag(TEXT);
    let tagged: Vec<TaggedToken<'_>> = tagged.collect();
    let mut tagged_buffer = Vec::new();
    segmenter.tag_into(TEXT, &mut tagged_buffer);
    assert_eq!(tagged, tagged_buffer);
    assert_eq!(segmenter.tag_token(tagged[0].token()), tagged[0]);
}

#[test]
fn without_embedded_data() -> Result<(), Error> {
    let dictionary = Dictionary::builder().parse("软银 9 nz\n会议 20 n\n")?.build()?;
    let idf: Idf = Idf::parse("会议 9.5\n软银 1.5\n", &dictionary)?;
    let segmenter: Segmenter = Segmenter::with(dictionary.clone()).build();
    let tagged: Vec<String> = segmenter.tag("软银的会议").map(|tagged| tagged.to_string()).collect();
    assert_eq!(tagged, ["软银/nz", "的/x", "会议/n"]);
    let builder: ExtractorBuilder = Extractor::with(idf);
    assert_eq!(builder.build().extract(&segmenter, "软银的会议", 1)[0].text(), "会议");
    let builder: IdfBuilder = Idf::with(&dictionary);
    let table = DocumentFrequencies::from_counts(3, [("会议", 2)])?;
    assert!(builder.build(&table)?.get("会议").is_some());
    Ok(())
}

#[test]
fn simplifier() {
    let segmenter = Segmenter::new();
    let simplifier: Simplifier<'_> = segmenter.simplifier();
    assert_eq!(simplifier.simplify("軟銀OpenAI"), "软银OpenAI");
    let mut folded = String::from("=");
    simplifier.fold_into("軟銀ＯpenAI", &mut folded);
    assert_eq!(folded, "=软银openai");
}

#[test]
fn tokens() {
    let segmenter = Segmenter::new();
    let tagged: Vec<TaggedToken<'_>> = segmenter.tag(TEXT).collect();
    let Some(first) = tagged.first() else { panic!("there are tokens") };
    assert_eq!((first.text(), first.tag().as_str(), first.to_string()), ("小明", "n", "小明/n".to_owned()));
    let token: Token<'static> = first.token();
    assert_eq!((token.text(), token.start(), token.end(), token.range()), ("小明", 0, 6, 0..6));
    assert_eq!(token.to_string(), "小明");
    assert_eq!((token.word_id().is_some(), token.origin()), (true, Origin::Dictionary));
    let word: WordId = tagged[2].token().word_id().unwrap();
    assert!(word.index() < segmenter.dictionary().len());
    assert!(Origin::Number.is_word() && !Origin::Punctuation.is_word());
    assert_eq!(Origin::Dictionary.to_string(), Origin::Dictionary.as_str());
    let wholes = [
        Entity::Url,
        Entity::Email,
        Entity::Mention,
        Entity::Hashtag,
        Entity::Date,
        Entity::Time,
        Entity::FileName,
        Entity::Version,
        Entity::Compound,
        Entity::HanDate,
        Entity::HanNumber,
    ];
    let plain = wholes.into_iter().fold(Segmenter::builder(), |builder, whole| builder.entity(whole, false)).build();
    assert_eq!(plain.cut("@小明").next().unwrap().text(), "@");
    let all = [
        (Origin::Dictionary, "dictionary"),
        (Origin::Hmm, "hmm"),
        (Origin::Model, "model"),
        (Origin::Han, "han"),
        (Origin::Latin, "latin"),
        (Origin::Letters, "letters"),
        (Origin::Number, "number"),
        (Origin::Kana, "kana"),
        (Origin::Emoji, "emoji"),
        (Origin::Url, "url"),
        (Origin::Email, "email"),
        (Origin::Mention, "mention"),
        (Origin::Hashtag, "hashtag"),
        (Origin::Date, "date"),
        (Origin::Time, "time"),
        (Origin::Unit, "unit"),
        (Origin::FileName, "filename"),
        (Origin::Version, "version"),
        (Origin::Space, "space"),
        (Origin::Punctuation, "punctuation"),
        (Origin::Symbol, "symbol"),
        (Origin::Other, "other"),
    ];
    assert!(all.iter().all(|(origin, name)| origin.as_str() == *name));
}

#[test]
fn word_models() -> Result<(), Error> {
    let around = Around { borders: [0.0, 0.5, 1.0, 0.0], singles: [0.0, 0.25, 0.0] };
    let weights = WordWeights {
        chars: vec!['字', '，'],
        han: 1,
        rows: vec![around; usize::from(Symbol::FIRST) + 2],
        pairs: vec![([Symbol::FIRST, Symbol::FIRST], Around::default())],
        marks: vec![Around::default(); 256],
        mark_pairs: vec![Around::default(); 1 << 12],
        beliefs: vec![0, 1, 2],
        dictionary: None,
    };
    let model = WordModel::from_bytes(WordModel::compile(&weights)?.to_bytes().into_owned())?;
    let mut marks = Marks::default();
    marks.start(2);
    marks.word(0, 2, 1);
    let symbols = ['字', Symbol::plain('，')].map(|c| model.symbol(c));
    assert_eq!((marks.find().len(), Marks::pair(1, 8)), (2, 1 << 6 | 8));
    assert_eq!(model.word_ends(&symbols, Some(marks.find())), [true, true]);
    let segmenter = Segmenter::builder().word_model(WordModel::embedded()).build();
    assert_eq!(segmenter.cut("拼多多").count(), 1);
    Ok(())
}

#[test]
fn dictionary() -> Result<(), Error> {
    let builder: DictionaryBuilder = Dictionary::builder().parse("星际之门 300 nz\n立项 50\n")?;
    let builder = builder.word("软银", 20, Tag::new("nt")?)?.fold('軟', '软').fold('銀', '银');
    let dictionary: Dictionary = builder.build()?.to_builder().build()?;
    let entry: Entry = dictionary.get("软银").unwrap();
    assert_eq!((entry.frequency, entry.tag, dictionary.entry(entry.id)), (20, Tag::new("nt")?, Some(entry)));
    assert_eq!((dictionary.len(), dictionary.is_empty(), dictionary.total_frequency()), (3, false, 370));
    let again = Dictionary::from_bytes(dictionary.to_bytes().to_vec())?;
    let segmenter = Segmenter::builder().dictionary(again).build();
    assert_eq!(segmenter.cut("軟銀立项").map(|token| token.text()).collect::<Vec<_>>(), ["軟銀", "立项"]);

    let index: WordIndex = dictionary.index();
    assert_eq!((index.len(), index.is_empty()), (3, false));
    assert!(index.iter().eq(index.with_prefix("")));
    assert_eq!(index.complete("软", 1), [("软银".to_owned(), entry)]);
    {
        let similar: Vec<Similar> = index.similar("软硬", 1);
        assert_eq!((&*similar[0].word, similar[0].entry, similar[0].distance), ("软银", entry, 1));
    }
    let text = std::env::temp_dir().join("fenci-public-api-words.txt");
    dictionary.save_text(&text)?;
    std::fs::remove_file(text).unwrap();

    let error: Error = DictionaryBuilder::new().parse("软银 20 nt\n立项 many\n").unwrap_err();
    assert_eq!(error.line(), Some(2));
    assert_eq!(error.to_string(), "line 2: word \"立项\": expected a frequency after it, found none");
    assert!(error.source().is_none());
    Ok(())
}

#[test]
fn user_words() -> Result<(), Error> {
    let mut words: UserWords = UserWords::from_words(["星际之门"])?;
    words.parse("软银集团 300 nt\n")?.add("甲骨文云")?.add_with("孙正义", Some(5), Some(Tag::new("nr")?))?;
    words
        .set_frequency("台中", 69)?
        .prefer("数据湖")?
        .force("江大桥")?
        .split("中将", &["中", "将"])?
        .never_join("很赞")?;
    assert_eq!((words.len(), words.is_empty(), words.clone().forget("很赞")), (9, false, true));
    let dictionary: Dictionary = Dictionary::embedded().with_words(&words)?;
    let again = Dictionary::from_bytes(dictionary.to_bytes().into_owned())?;
    let path = std::env::temp_dir().join(format!("fenci-words-{}", std::process::id()));
    again.save(&path)?;
    Dictionary::open(&path)?;
    std::fs::remove_file(&path).unwrap();
    let segmenter = Segmenter::builder().dictionary(again).build();
    let cut: Vec<&str> = segmenter.cut("孙正义的软银集团和星际之门").map(|token| token.text()).collect();
    assert_eq!(cut, ["孙正义", "的", "软银集团", "和", "星际之门"]);
    assert!(UserWords::open("no/such/file").is_err() && UserWords::new().is_empty() && words.add("").is_err());
    Ok(())
}

#[test]
fn models() -> Result<(), Error> {
    assert!(HmmModel::from_bytes(HmmModel::embedded().to_bytes().into_owned()).is_ok());
    assert!(TagModel::from_bytes(TagModel::embedded().to_bytes().into_owned()).is_ok());
    let file = std::env::temp_dir().join(format!("fenci-model-{}", std::process::id()));
    HmmModel::embedded().save(&file).unwrap();
    assert!(HmmModel::open(&file).is_ok());
    // The error names the file.
    assert!(TagModel::open(&file).unwrap_err().to_string().contains("fenci-model"));
    std::fs::remove_file(file).unwrap();
    let idf: Idf = Idf::parse("软银 9.5\n", &Dictionary::embedded())?;
    assert_eq!((idf.get("软银"), idf.get("公司"), idf.of_unknown()), (Some(9.5), None, 9.5));
    assert!(!idf.to_bytes().is_empty() && Idf::embedded().get("公司").is_some());
    Ok(())
}

#[test]
fn document_frequencies() -> Result<(), Error> {
    let segmenter = Segmenter::new();
    let folder = std::env::temp_dir();
    let path = |name: &str| folder.join(format!("fenci-public-api-{}-{name}", std::process::id()));
    let (out, text) = (path("idf.bin"), path("idf.txt"));
    let trainer: IdfTrainer = IdfTrainer::new().threads(2).hmm(true);
    let table: DocumentFrequencies = trainer.train(&segmenter, ["软银", "会议".to_owned().as_str()]);
    assert_eq!((table.documents(), table.len(), table.is_empty(), table.get("软银")), (2, 2, false, Some(1)));
    assert_eq!((table.formula(), table.unknown()), (IdfFormula::Smooth, UnknownWords::Median));
    assert_eq!(table.iter().collect::<Vec<_>>(), [("会议", 1), ("软银", 1)]);
    assert_eq!(document_words(&segmenter, "軟銀，软银", true), ["软银"]);
    let counted = DocumentFrequencies::from_counts(2, [("软银", 1), ("会议", 1)])?;
    assert_eq!(DocumentFrequencies::from_bytes(table.to_bytes())?.to_bytes(), counted.to_bytes());
    let plain = counted.with_formula(IdfFormula::Plain).with_unknown(UnknownWords::Maximum)?;
    assert_eq!((plain.formula(), plain.unknown()), (IdfFormula::Plain, UnknownWords::Maximum));
    table.save(&out)?;
    assert_eq!(DocumentFrequencies::open(&out)?.len(), 2);
    table.save_text(&text)?;
    let both = DocumentFrequencies::merge(&[table.clone(), table.clone()])?;
    assert_eq!((both.documents(), both.get("软银")), (4, Some(2)));

    let builder: IdfBuilder = Idf::with(&Dictionary::embedded());
    let with_value = table.clone().with_formula(IdfFormula::Plain).with_unknown(UnknownWords::Value(1.0))?;
    let idf = builder.min_documents(1).build(&with_value)?;
    assert_eq!((idf.get("软银"), idf.of_unknown()), (Some(2f64.ln()), 1.0));
    let with_maximum = table.with_unknown(UnknownWords::Maximum)?;
    assert_eq!(Idf::builder().build(&with_maximum)?.of_unknown(), 1.5f64.ln());
    let opened = [Idf::open(&out, &Dictionary::embedded())?, Idf::open(&text, &Dictionary::embedded())?];
    assert_eq!(opened[0].get("会议"), opened[1].get("会议"));
    assert!(Idf::from_bytes(opened[0].to_bytes(), &Dictionary::embedded()).is_ok());
    opened[0].save(&out)?;
    for path in [out, text] {
        std::fs::remove_file(path).unwrap();
    }
    Ok(())
}

#[test]
fn keywords() -> Result<(), Error> {
    let segmenter = Segmenter::new();
    let builder: ExtractorBuilder = Extractor::builder()
        .method(Method::TfIdf)
        .idf(Idf::embedded())
        .stop_words(StopWords::default())
        .min_chars(2)
        .allowed_tags([Tag::new("n")?, Tag::new("nt")?])
        .hmm(true)
        .numbers(false)
        .dates(false)
        .latin(true);
    let keywords: Vec<Keyword> = builder.build().extract(&segmenter, TEXT, 9);
    let keyword = &keywords[0];
    assert_eq!((keyword.text(), keyword.count(), keyword.tag().as_str(), keyword.first()), ("T恤", 1, "n", 36..40));
    assert!(keyword.weight() > keywords[1].weight());
    assert_eq!(
        (keyword.word_count(), keyword.places(), keyword.simplified()),
        (1, std::slice::from_ref(&(36..40)), "T恤")
    );
    assert_eq!(Extractor::new().extract(&segmenter, "", 9), Extractor::default().extract(&segmenter, " ，3.14", 9));
    for method in [Method::Phrases, Method::TfIdf, Method::TextRank] {
        assert!(!Extractor::builder().method(method).build().extract(&segmenter, TEXT, 9).is_empty());
    }

    let jieba: [JiebaExtractorBuilder; 2] =
        [Extractor::jieba_tfidf_with(Idf::embedded()), Extractor::jieba_textrank_within(5)];
    for builder in jieba.into_iter().chain([Extractor::jieba_tfidf(), Extractor::jieba_textrank()]) {
        let builder = builder.stop_words(StopWords::jieba()).min_chars(2).allowed_tags([]).hmm(false);
        assert!(!builder.build().extract(&segmenter, TEXT, 9).is_empty());
    }

    let mut words = StopWords::none();
    words.insert("计算所");
    words.extend(["的"]);
    assert!(words.contains("计算所") && words.remove("的") && !words.contains("的"));
    assert!(StopWords::jieba().contains("The"));
    assert_eq!(words, ["计算所"].into_iter().collect::<StopWords>());
    Ok(())
}

#[test]
fn a_term_source_of_ones_own() {
    struct Letters;
    impl TermSource for Letters {
        fn terms<'t>(&self, text: &'t str, _: bool, terms: &mut Vec<Term<'t>>) {
            for (start, letter) in text.split_inclusive(|_| true).enumerate() {
                let term = Term::new(letter, start).with_word(None).with_tag(Tag::default());
                terms.push(term.with_origin(Origin::Latin));
            }
        }
    }
    let term = Term::new("a", 3);
    assert_eq!((term.text(), term.range(), term.word_id(), term.tag()), ("a", 3..4, None, None));
    assert_eq!(term.origin(), Origin::Latin);
    assert!(Letters.dictionary().is_none());
    assert_eq!(Letters.tag_of(&term), Tag::default());
    let extractor = Extractor::builder().method(Method::TfIdf).min_chars(1).stop_words(StopWords::none()).build();
    let keywords = extractor.extract(&Letters, "abba b", 1);
    assert_eq!((keywords[0].text(), keywords[0].count()), ("b", 3));
    let source: &dyn TermSource = &Letters;
    assert_eq!(Extractor::new().extract(source, "ab", 0), []);
}
#[test]
fn article() {
    let article: Article<'_> = Article::clean("集團(tuán)與(yǔ)");
    assert_eq!((article.text(), article.raw()), ("集團與", "集團(tuán)與(yǔ)"));
    assert_eq!(article.raw_range(3..9), 3..16);
    assert_eq!(article.clean_range(3..16), 3..9);
    let repair: &Repair = &article.repairs()[0];
    assert_eq!((repair.raw.clone(), repair.clean.clone(), repair.kind), (6..13, 6..6, RepairKind::Gloss));
    assert_eq!((repair.replacement.as_str(), repair.reason.is_empty()), ("", false));
    assert_eq!((repair.kind.to_string(), repair.kind.as_str()), ("gloss".to_owned(), "gloss"));
    let owned: Article<'static> = article.clone().into_owned();
    assert_eq!(owned, article);
    assert_eq!(String::from(article), "集團與");
}
#[test]
fn cleaner() {
    let page =
        "標題\n來源：日報\n　這是門(mén)，說了很多的話，還沒有說完，說了很多的話。被曝?cái)R淺。\n責任編輯：高山\n";
    let cleaner: Cleaner = Cleaner::default().glosses(Glosses::Keep).damage(false).forms(false).furniture(false);
    assert_eq!(cleaner.clean(page).text(), page);
    let kinds = |cleaner: Cleaner| cleaner.clean(page).repairs().iter().map(|repair| repair.kind).collect::<Vec<_>>();
    assert_eq!(kinds(cleaner.clone().glosses(Glosses::Remove)), [RepairKind::Gloss]);
    assert_eq!(kinds(cleaner.clone().glosses(Glosses::Auto)), [RepairKind::Gloss]);
    assert_eq!(kinds(cleaner.clone().damage(true)), [RepairKind::Damage]);
    assert_eq!(kinds(cleaner.clone().forms(true)), [RepairKind::Form]);
    assert_eq!(kinds(cleaner.furniture(true)), [RepairKind::Furniture]);
}

#[test]
fn tags() {
    let tag = Tag::new("vn").unwrap();
    assert_eq!((tag.as_str(), tag.to_string(), format!("{tag:?}")), ("vn", "vn".to_owned(), "Tag(\"vn\")".to_owned()));
    assert!(tag == "vn" && tag == *"vn" && tag > Tag::new("v").unwrap());
    assert!(Tag::new(&"n".repeat(Tag::MAX_LEN + 1)).is_err());
}

#[test]
fn common_traits() {
    fn shared<T: Clone + Debug + Send + Sync + 'static>() {}
    fn value<T: Copy + Debug + Eq + Hash + Send + Sync>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    fn shown<T: Display>() {}
    shared::<Segmenter>();
    shared::<SegmenterBuilder>();
    shared::<Dictionary>();
    shared::<DictionaryBuilder>();
    shared::<HmmModel>();
    shared::<TagModel>();
    shared::<Idf>();
    shared::<IdfBuilder>();
    shared::<DocumentFrequencies>();
    shared::<Extractor>();
    shared::<ExtractorBuilder>();
    shared::<StopWords>();
    shared::<Keyword>();
    shared::<UserWords>();
    shared::<Candidate<'static>>();
    shared::<Explanation<'static>>();
    shared::<SearchToken<'static>>();
    value::<Entity>();
    value::<Token<'_>>();
    value::<TaggedToken<'_>>();
    value::<Tag>();
    value::<WordId>();
    value::<Origin>();
    value::<Profile>();
    value::<Method>();
    value::<IdfFormula>();
    assert_eq!(UnknownWords::default(), UnknownWords::Median);
    shared::<IdfTrainer>();
    shared::<JiebaExtractorBuilder>();
    let _: fn(&WordIndex) -> &(dyn Debug + Send + Sync) = |index| index;
    {
        shared::<Article<'static>>();
        shared::<Cleaner>();
        shared::<Repair>();
        value::<Glosses>();
        value::<RepairKind>();
    }
    error::<Error>();
    shown::<Token<'_>>();
    shown::<TaggedToken<'_>>();
    shown::<Tag>();
    shown::<Origin>();
    shown::<Keyword>();
    shown::<Explanation<'_>>();
    shown::<RepairKind>();
}
#[test]
fn serde() {
    use serde_json::{from_value, json, to_value};

    let segmenter = Segmenter::new();
    let token = segmenter.cut("，软银").next().unwrap();
    let expected = json!({"text": "，", "start": 0, "end": 3, "word": null, "origin": "punctuation"});
    assert_eq!(to_value(token).unwrap(), expected);
    let tagged = segmenter.tag_token(token);
    assert_eq!(to_value(tagged).unwrap()["tag"], json!("x"));
    let keyword = Extractor::new().extract(&segmenter, "软银", 1).remove(0);
    assert_eq!(to_value(&keyword).unwrap()["places"], json!([{"start": 0, "end": 6}]));
    assert_eq!(from_value::<Method>(json!("textrank")).unwrap(), Method::TextRank);
    assert_eq!(from_value::<IdfFormula>(json!("plain")).unwrap(), IdfFormula::Plain);
    assert_eq!(from_value::<UnknownWords>(json!({"value": 2.5})).unwrap(), UnknownWords::Value(2.5));
    let entry = segmenter.dictionary().get("软银");
    assert_eq!(to_value(entry).unwrap().is_null(), entry.is_none());
    {
        let repair = &to_value(Article::clean("門(mén)項(xiàng)").repairs()).unwrap()[0];
        assert_eq!((&repair["kind"], &repair["raw"]), (&json!("gloss"), &json!({"start": 3, "end": 9})));
        assert_eq!(from_value::<Glosses>(json!("keep")).unwrap(), Glosses::Keep);
    }
    assert_eq!(from_value::<Profile>(json!("jieba")).unwrap(), Profile::Jieba);
    assert_eq!(from_value::<Origin>(json!("hmm")).unwrap(), Origin::Hmm);
    assert!(from_value::<StopWords>(json!(["的"])).unwrap().contains("的"));
    let id = segmenter.dictionary().get("公司").unwrap().id;
    assert_eq!(from_value::<WordId>(to_value(id).unwrap()).unwrap(), id);
}
#[test]
fn jieba_feeds_the_extractor() {
    let text = "今天纽约的天气真好啊，京华大酒店的张尧经理吃了一只北京烤鸭。";
    let extractor = Extractor::jieba_tfidf().build();
    let segmenter = Segmenter::builder().profile(Profile::Jieba).build();
    let theirs = extractor.extract(&jieba_rs::Jieba::new(), text, 9);
    assert!(!theirs.is_empty());
    assert_eq!(theirs, extractor.extract(&segmenter, text, 9));
}
