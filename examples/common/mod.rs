//! What the example programs share: input from files or standard input, and errors as one line.

#![allow(dead_code, unreachable_pub, reason = "each program uses its part of this")]

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, StdoutLock, Write};
use std::process::ExitCode;

/// A file, or standard input.
pub struct Input {
    name: String,
}

impl Input {
    /// The inputs that the arguments name; standard input if they name none.
    pub fn all(files: &[String]) -> Vec<Input> {
        let stdin = || vec![Input { name: "-".to_owned() }];
        if files.is_empty() { stdin() } else { files.iter().map(|name| Input { name: name.clone() }).collect() }
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
            return Ok(Box::new(BufReader::new(io::stdin())));
        }
        let file = File::open(&self.name).map_err(|error| self.error(&error))?;
        Ok(Box::new(BufReader::new(file)))
    }

    fn error(&self, error: &io::Error) -> String {
        format!("{}: {error}", self.name)
    }
}

/// Standard output.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    pub fn new() -> Output {
        Output(BufWriter::new(io::stdout().lock()))
    }

    pub fn line(&mut self, line: &str) -> Result<(), String> {
        writeln!(self.0, "{line}").map_err(|error| failed(&error))
    }

    pub fn finish(mut self) -> Result<(), String> {
        self.0.flush().map_err(|error| failed(&error))
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
