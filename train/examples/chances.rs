use fenci::article::main_text::{CompiledLineModel, Line};
fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let model = CompiledLineModel::new(&bytes).unwrap();
    for path in std::env::args().skip(2) {
        let raw = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<Line> = raw.lines().filter(|l| !l.trim().is_empty()).map(Line::new).collect();
        println!("=== {path}");
        for (line, chance) in lines.iter().zip(model.chances(&lines)) {
            println!("{chance:.2} {}", line.text.chars().take(50).collect::<String>());
        }
    }
}
