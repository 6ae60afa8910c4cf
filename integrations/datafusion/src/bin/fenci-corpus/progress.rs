//! The progress of a query, on standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fenci_datafusion::Progress;

/// Writes one line that is updated on a terminal, and a line a minute elsewhere.
pub(crate) struct Reporter {
    progress: Arc<Progress>,
    /// The bytes of all texts, if they are known before they are read.
    total: Option<u64>,
    start: Instant,
    last: Instant,
    is_terminal: bool,
}

const BETWEEN_LINES: Duration = Duration::from_secs(60);

impl Reporter {
    pub(crate) fn new(total: Option<u64>, progress: Arc<Progress>) -> Reporter {
        let now = Instant::now();
        Reporter { progress, total, start: now, last: now, is_terminal: io::stderr().is_terminal() }
    }

    /// Updates the line. It is called about once a second.
    pub(crate) fn tick(&mut self) {
        if self.is_terminal {
            self.write("\r\x1b[K", "");
        } else if self.last.elapsed() >= BETWEEN_LINES {
            self.last = Instant::now();
            self.write("", "\n");
        }
    }

    pub(crate) fn finish(&self) {
        if self.is_terminal {
            self.write_all("\r\x1b[K");
        }
    }

    fn write(&self, before: &str, after: &str) {
        self.write_all(&format!("{before}{}{after}", self.line()));
    }

    /// An error here is ignored: progress is no reason to fail.
    fn write_all(&self, text: &str) {
        let mut stderr = io::stderr().lock();
        let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    }

    fn line(&self) -> String {
        let seconds = self.start.elapsed().as_secs_f64();
        let (texts, bytes) = (self.progress.texts(), self.progress.bytes());
        if texts == 0 {
            return format!("{seconds:.0} s");
        }
        let megabytes = bytes as f64 / 1e6;
        let share = match self.total {
            Some(total) if total > 0 => format!(" of {:.0} MB", total as f64 / 1e6),
            _ => String::new(),
        };
        format!("{seconds:.0} s: {texts} texts, {megabytes:.0}{share} MB, {:.1} MB/s", megabytes / seconds)
    }
}
