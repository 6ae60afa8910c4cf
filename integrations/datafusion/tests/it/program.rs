//! The program reads every form of file, and names a file that it cannot read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use datafusion::arrow::array::{Array, AsArray};
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use fenci::idf::IdfTrainer;
use fenci::{Extractor, Segmenter};
use tempfile::TempDir;

use crate::texts::texts;

/// Runs the program in `folder`.
fn run(folder: &Path, args: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fenci-corpus"));
    command.current_dir(folder).args(args.split_whitespace()).output().unwrap()
}

fn succeed(folder: &Path, args: &str) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{args}: {stderr}");
    stderr
}

/// Runs the program, which must fail with code 2 and one line. Returns that line.
fn fail(folder: &Path, args: &str) -> String {
    let output = run(folder, args);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{args}: {stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr
}

fn json(text: &str) -> String {
    // Escapes the only characters of the texts that JSON must escape.
    format!("\"{}\"", text.replace('\n', "\\n"))
}

/// Returns a folder with the same texts in every form, in two files each, and the table of the
/// texts.
fn corpus() -> (TempDir, Vec<u8>, Vec<String>) {
    let texts: Vec<String> = texts(120).into_iter().map(|text| text.replace('\n', "；")).collect();
    let table = IdfTrainer::new().train(&Segmenter::new(), &texts);
    let folder = tempfile::tempdir().unwrap();
    for (half, texts) in texts.chunks(60).enumerate() {
        let write = |form: &str, name: String, content: String| {
            let path = folder.path().join(form).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        };
        for (number, text) in texts.iter().enumerate() {
            write("text", format!("{half}/{number}.txt"), text.clone());
        }
        write("lines", format!("{half}.txt"), texts.iter().map(|text| format!("{text}\r\n")).collect());
        let object = |(id, text): (usize, &String)| format!("{{\"id\":{id},\"body\":{}}}\n", json(text));
        write("jsonl", format!("{half}.jsonl"), texts.iter().enumerate().map(object).collect());
        let rows: String = texts.iter().enumerate().map(|(id, text)| format!("{id},\"{text}\"\n")).collect();
        write("csv", format!("{half}.csv"), format!("id,body\n{rows}"));
    }
    (folder, table.to_bytes(), texts)
}

#[test]
fn every_form_gives_the_same_table() {
    let (folder, expected, _) = corpus();
    let folder = folder.path();
    let cases = [
        "text",
        "--format lines lines",
        "--format lines --threads 1 --memory unlimited lines/0.txt lines/1.txt",
        "--column body jsonl",
        "--column body csv",
    ];
    for args in cases {
        let said = succeed(folder, &format!("idf --out t.idf {args}"));
        assert!(fs::read(folder.join("t.idf")).unwrap() == expected, "{args}");
        assert!(said.contains("120 documents") || said.contains("rows without text"), "{said}");
    }
    succeed(folder, "parquet --out p.parquet --column body --keep id csv");
    succeed(folder, "idf --out t.idf p.parquet");
    assert!(fs::read(folder.join("t.idf")).unwrap() == expected);
    succeed(folder, "idf --text --out t.txt p.parquet");
    assert!(fs::read_to_string(folder.join("t.txt")).unwrap().lines().any(|line| line.starts_with("软银 ")));
    // Nothing is left over.
    let mut names: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.is_file());
    assert_eq!(names.len(), 3, "{names:?}");
}

#[tokio::test]
async fn keywords_are_those_of_the_library() {
    let (folder, _, texts) = corpus();
    succeed(folder.path(), "keywords --out k.parquet --top 3 --column body --keep id csv/0.csv");
    let context = SessionContext::new();
    let path = folder.path().join("k.parquet");
    let table = context.read_parquet(path.to_str().unwrap(), ParquetReadOptions::default()).await.unwrap();
    context.register_table("k", table.into_view()).unwrap();
    let sql = "SELECT CAST(id AS INT) AS id, array_length(keywords), CAST(keywords[1]['keyword'] AS VARCHAR) \
               FROM k ORDER BY id";
    let batches = context.sql(sql).await.unwrap().collect().await.unwrap();
    let batch = datafusion::arrow::compute::concat_batches(&batches[0].schema(), &batches).unwrap();
    assert_eq!(batch.num_rows(), 60);
    let first =
        datafusion::arrow::compute::cast(batch.column(2), &datafusion::arrow::datatypes::DataType::Utf8).unwrap();
    let first = first.as_string::<i32>();
    for (row, text) in texts[..60].iter().enumerate() {
        let expected = Extractor::new().extract(&Segmenter::new(), text, 3);
        let found = first.is_valid(row).then(|| first.value(row));
        assert_eq!(found, expected.first().map(|keyword| keyword.text()), "{text}");
    }
}

#[test]
fn lines_keep_their_places() {
    let (folder, ..) = corpus();
    let folder = folder.path();
    let said = succeed(folder, "keywords --out k.parquet --format lines lines");
    assert!(said.ends_with("k.parquet: 120 rows\n"), "{said}");
}

#[test]
fn errors_name_the_file() {
    let (folder, ..) = corpus();
    let folder = folder.path();
    let mut broken = fs::read_to_string(folder.join("jsonl/1.jsonl")).unwrap();
    broken.push_str("{\"body\":");
    fs::write(folder.join("jsonl/2.jsonl"), broken).unwrap();
    succeed(folder, "parquet --out p.parquet --column body csv/0.csv csv/1.csv");
    let whole = fs::read(folder.join("p.parquet")).unwrap();
    fs::write(folder.join("p.parquet"), &whole[..whole.len() / 2]).unwrap();
    fs::write(folder.join("csv/2.csv"), "body,id\nx,1\n").unwrap();
    fs::write(folder.join("n.jsonl"), "{\"body\": 1}\n").unwrap();
    let cases = [
        ("--column body jsonl", "jsonl/2.jsonl: "),
        ("--column text jsonl/0.jsonl", "jsonl/0.jsonl: expected a column text, found "),
        ("--column body csv", "csv/2.csv: expected the columns id, body as in "),
        ("p.parquet", "p.parquet: "),
        ("--column body n.jsonl", "n.jsonl: "),
        ("none.parquet", "none.parquet: No such file"),
        ("text lines csv", "expected files of one form"),
        ("--format lines --threads 2 --memory 1 lines", "--memory"),
    ];
    for (args, expected) in cases {
        if expected.starts_with("--") {
            assert!(
                String::from_utf8_lossy(&run(folder, &format!("idf --out t.idf {args}")).stderr).contains(expected)
            );
            continue;
        }
        let said = fail(folder, &format!("idf --out t.idf {args}"));
        assert!(said.contains(expected), "{args}: {said}");
        assert!(!folder.join("t.idf").exists());
    }
    let said = fail(folder, "idf --out none/t.idf text");
    assert!(said.contains("none"), "{said}");
}
