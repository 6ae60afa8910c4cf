//! Tasks for the maintainers of fenci: building dicts/, and keeping the crate busy for hours.

mod dicts;
mod mutate;
mod soak;

use std::process::ExitCode;

use clap::Parser;

/// Tasks for the maintainers of fenci.
#[derive(Parser)]
enum Task {
    /// Rebuild the compiled files in dicts/ from the pinned packages, or check them.
    Dicts(dicts::Options),
    /// Craft images with correct checksums, and use those that open.
    Mutate(mutate::Options),
    /// Cut, extract, clean and swap dictionaries on all cores for a while, or measure the worst
    /// texts.
    Soak(soak::Options),
}

fn main() -> ExitCode {
    let done = match Task::parse() {
        Task::Dicts(options) => dicts::run(&options),
        Task::Mutate(options) => mutate::run(&options),
        Task::Soak(options) => soak::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::from(2)
        }
    }
}
