//! Trains a word model: `train_words OUT NEW_WORDS HELD_OUT PATH[@WEIGHT]…`.

use std::error::Error;
use std::fs;

use fenci::Dictionary;
use fenci::dictionary::UserWords;
use fenci_train::words::Trainer;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("usage: train_words OUT NEW_WORDS HELD_OUT PATH[@WEIGHT]…");
    let (out, new_words, held_out) = (next()?, next()?, next()?);
    let mut trainer = Trainer::new();
    trainer.dictionary(Dictionary::embedded()).new_words(&UserWords::open(new_words)?)?;
    trainer.hold_out(&fs::read(held_out)?)?;
    for path in args {
        let (path, weight) = path.split_once('@').unwrap_or((&path, "1"));
        trainer.add(&fs::read(path)?, weight.parse()?).map_err(|error| format!("{path}: {error}"))?;
    }
    let model = trainer.train(|pass| {
        println!(
            "pass {} of {}, {:.1?}: {}; without dictionary {}",
            pass.number, pass.of, pass.took, pass.score, pass.score_without_dictionary
        );
    })?;
    fs::write(out, model.as_bytes())?;
    Ok(())
}
