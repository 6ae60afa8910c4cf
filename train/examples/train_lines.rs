use fenci_train::lines::{Options, read, train};
fn main() {
    let pages = read(std::path::Path::new(&std::env::args().nth(1).unwrap())).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let model = train(&pages, &Options::default());
    std::fs::write(out.clone() + ".txt", model.to_text()).unwrap();
    std::fs::write(out + ".bin", fenci::article::main_text::LineModel::parse(&model.to_text()).unwrap().to_bytes())
        .unwrap();
    println!("{} cues", model.cues.len());
}
