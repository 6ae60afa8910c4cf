//! Indexes a folder of articles with tantivy and searches in it, in Simplified and in Traditional characters.

#[path = "../common/mod.rs"]
mod common;
mod search;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::Parser;
use common::Output;
use search::Search;

/// Index the articles of a folder in memory, and print what queries find in them.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// How many articles for each query, at the most.
    #[arg(long, default_value_t = 3, value_name = "K")]
    top: usize,
    /// The folder; its files that end in .txt are articles.
    folder: PathBuf,
    /// What to look for, in tantivy's query language: `数据中心`, `软银 OpenAI`, `银行 OR 粵劇`.
    #[arg(required = true)]
    queries: Vec<String>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    common::exit("tantivy_search", run(&args))
}

fn run(args: &Args) -> Result<(), String> {
    let search = Search::new(articles(&args.folder)?).map_err(|error| error.to_string())?;
    let mut output = Output::new();
    output.line(&format!("{} articles", search.len()))?;
    let [bold, dim, found] = [Style::new().bold(), Style::new().dimmed(), AnsiColor::Yellow.on_default().bold()];
    let [bold, dim, found] = [bold, dim, found].map(|style| output.style(style));
    // Without colours, brackets mark what was found.
    let (begin, end) = match found.is_plain() {
        true => ("【".to_owned(), "】".to_owned()),
        false => (found.render().to_string(), found.render_reset().to_string()),
    };
    for query in &args.queries {
        let hits = search.find(query, args.top).map_err(|error| format!("query {query:?}: {error}"))?;
        output.line(&format!("\n{bold}{query}{bold:#}{}", if hits.is_empty() { ": nothing" } else { "" }))?;
        for hit in &hits {
            output.line(&format!("{dim}{:7.2}{dim:#}  {}: {}", hit.score, hit.name, hit.snippet(&begin, &end)))?;
        }
    }
    output.finish()
}

/// The articles of a folder, by their names.
fn articles(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let error = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|why| error(folder, why))? {
        paths.push(entry.map_err(|why| error(folder, why))?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&path).map_err(|why| error(&path, why))?;
        Ok((name, String::from_utf8_lossy(&bytes).into_owned()))
    };
    paths.into_iter().map(read).collect()
}
