//! Messages of the scheduler and the executors on standard error.

use log::{LevelFilter, Log, Metadata, Record};

struct Logger;

impl Log for Logger {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let seconds = std::time::UNIX_EPOCH.elapsed().map_or(0.0, |time| time.as_secs_f64());
        eprintln!("{seconds:.3} {} {}: {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}

/// Starts to write warnings, and with `is_verbose` the progress too.
pub(crate) fn start(is_verbose: bool) {
    let level = if is_verbose { LevelFilter::Info } else { LevelFilter::Warn };
    // This fails only if a logger is already set.
    if log::set_logger(&Logger).is_ok() {
        log::set_max_level(level);
    }
}
