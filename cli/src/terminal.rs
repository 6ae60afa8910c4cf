//! What the example programs share: input from files or standard input, and errors as one line.

#![allow(dead_code, unreachable_pub, reason = "each program uses its part of this")]

use std::fs::{File, metadata};
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, StdoutLock, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

/// A file, or standard input.
pub struct Input {
    name: String,
    /// How much has been read of all.
    bar: ProgressBar,
}

impl Input {
    /// The inputs that the arguments name; standard input if they name none. While they are read, a terminal shows how far
    /// it is, unless what is printed comes there, too.
    pub fn all(files: &[String]) -> Vec<Input> {
        let names = if files.is_empty() { vec!["-".to_owned()] } else { files.to_vec() };
        let bytes = names.iter().map(|name| metadata(name).ok().filter(|data| data.is_file()).map(|data| data.len()));
        let bar = progress(bytes.sum(), io::stderr().is_terminal() && !io::stdout().is_terminal());
        names.into_iter().map(|name| Input { name, bar: bar.clone() }).collect()
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole of it. Bytes that are no UTF-8 are read as U+FFFD.
    pub fn read(&self) -> Result<String, String> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|error| self.error(&error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Its lines, one after the other, without their ends.
    pub fn lines(&self) -> Result<impl Iterator<Item = Result<String, String>> + '_, String> {
        let mut reader = self.open()?;
        Ok(std::iter::from_fn(move || {
            let mut bytes = Vec::new();
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => None,
                Ok(_) => {
                    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
                    let line = line.strip_suffix(b"\r").unwrap_or(line);
                    Some(Ok(String::from_utf8_lossy(line).into_owned()))
                }
                Err(error) => Some(Err(self.error(&error))),
            }
        }))
    }

    fn open(&self) -> Result<Box<dyn BufRead>, String> {
        if self.name == "-" {
            return Ok(Box::new(BufReader::new(self.bar.wrap_read(io::stdin()))));
        }
        let file = File::open(&self.name).map_err(|error| self.error(&error))?;
        Ok(Box::new(BufReader::new(self.bar.wrap_read(file))))
    }

    fn error(&self, error: &io::Error) -> String {
        format!("{}: {error}", self.name)
    }
}

/// A bar for so many bytes, if that is known, on standard error, or nowhere. It goes away at the end.
fn progress(bytes: Option<u64>, is_shown: bool) -> ProgressBar {
    let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let template = match bytes {
        Some(_) => "{wide_bar} {bytes} of {total_bytes} ({bytes_per_sec}, {eta} to go)",
        None => "{spinner} {bytes} ({bytes_per_sec})",
    };
    let style = ProgressStyle::with_template(template).expect("a template that is right");
    ProgressBar::with_draw_target(bytes, target).with_style(style).with_finish(ProgressFinish::AndClear)
}

/// Standard output.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
    has_colour: bool,
}

impl Output {
    pub fn new() -> Output {
        let stdout = io::stdout().lock();
        // On a terminal that can, unless `NO_COLOR` says not to.
        let has_colour = AutoStream::choice(&stdout) != ColorChoice::Never;
        Output { out: BufWriter::new(stdout), has_colour }
    }

    /// The style, or none where there are no colours.
    pub fn style(&self, style: Style) -> Style {
        if self.has_colour { style } else { Style::new() }
    }

    pub fn line(&mut self, line: &str) -> Result<(), String> {
        writeln!(self.out, "{line}").map_err(|error| failed(&error))
    }

    pub fn finish(mut self) -> Result<(), String> {
        self.out.flush().map_err(|error| failed(&error))
    }
}

/// A reader that has read enough, such as `head`, is no error: its end is the program's.
fn failed(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    format!("standard output: {error}")
}

/// An error as one line on standard error, and exit code 2.
pub fn exit(program: &str, result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::from(2)
        }
    }
}
