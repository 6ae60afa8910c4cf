fn main() {
    for path in std::env::args().skip(1) {
        let raw = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let article = fenci::Article::clean(&raw);
        println!("=== {path}");
        let quiet = std::env::var("Q").is_ok();
        let mut at = 0;
        for line in raw.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            if end > at {
                let gone = article.clean_range(at..end).is_empty();
                let reason = article
                    .repairs()
                    .iter()
                    .find(|r| r.raw.start < end && r.raw.end > at && r.clean.is_empty())
                    .map_or("", |r| &r.reason);
                if !quiet || gone {
                    println!(
                        "{} {}{}",
                        if gone { "-" } else { " " },
                        line.trim().chars().take(60).collect::<String>(),
                        if gone { format!("   [{reason}]") } else { String::new() }
                    );
                }
            }
            at += line.len();
        }
    }
}
