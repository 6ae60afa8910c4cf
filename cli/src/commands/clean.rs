//! Prints the main text of crawled pages, repaired; or what was repaired, and why.

mod common;

use std::process::ExitCode;

use clap::Parser;
use common::{Input, Output};
use fenci::Article;
use fenci::article::Repair;
use serde_json::json;

/// Print the repaired main text of a page.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// Print JSON: an object for each text, a line each, with what was removed or repaired, where in the raw text (in
    /// bytes), and why.
    #[arg(long)]
    json: bool,
    /// Files to read; `-` is standard input, and so is none.
    files: Vec<String>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    common::exit("clean", run(&args))
}

fn run(args: &Args) -> Result<(), String> {
    let mut output = Output::new();
    for input in Input::all(&args.files) {
        let raw = input.read()?;
        let article = Article::clean(&raw);
        if args.json {
            let repairs: Vec<_> = article.repairs().iter().map(|repair| report(&raw, repair)).collect();
            output.line(&json!({ "text": article.text(), "repairs": repairs }).to_string())?;
        } else {
            let text = article.text();
            output.line(text.strip_suffix('\n').unwrap_or(text))?;
        }
    }
    output.finish()
}

fn report(raw: &str, repair: &Repair) -> serde_json::Value {
    json!({
        "kind": format!("{:?}", repair.kind).to_lowercase(),
        "start": repair.raw.start,
        "end": repair.raw.end,
        "raw": &raw[repair.raw.clone()],
        "replacement": repair.replacement,
        "reason": repair.reason,
    })
}
