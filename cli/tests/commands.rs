//! Tests the program from end to end: its input, its output and its errors.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::Value;

/// Runs the program with `input` on standard input.
fn run(args: &[&str], input: impl Into<Vec<u8>>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fenci"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.into());
    // A program that does not read its input closes the pipe.
    let writer = thread::spawn(move || _ = stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Returns the standard output of a run without errors.
fn print(args: &[&str], input: impl Into<Vec<u8>>) -> String {
    let output = run(args, input);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && errors.is_empty(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the one line on standard error of a run that fails.
fn fail(args: &[&str], input: impl Into<Vec<u8>>) -> String {
    let output = run(args, input);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}: {errors}");
    assert_eq!(errors.matches('\n').count(), 1, "{errors}");
    errors.trim_end().to_owned()
}

/// A temporary file. It is removed at the end.
struct File(PathBuf);

impl File {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> File {
        let path = std::env::temp_dir().join(format!("fenci-cli-{}-{name}", std::process::id()));
        fs::write(&path, bytes).unwrap();
        File(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// A page in Traditional characters, with readings, credits and spam around its article.
const PAGE: &str = "軟銀集團(tuán)與(yǔ)OpenAI的“星際之門(mén)”項(xiàng)目被曝?cái)R淺
來源：環球網
當地時間周一，《華爾街日報》稱，“星際之門”項目半年無實際進展，該項目原定投資五千億美元。
軟銀集團希望在數據中心的選址上有更大的發言權，OpenAI則希望盡快動工，雙方因此爭執不下。
項目啟動以來，“星際之門”沒有簽下一份數據中心的合同，軟銀集團的投資也至今沒有到位。
責任編輯：高山
久久精品|国产|欧美日韩|亚洲精品|国产综合
";

#[test]
fn cut_prints_a_line_of_words_for_each_line_of_text() {
    assert_eq!(print(&["cut"], "我来到北京\n\n他走了\r\n"), "我 来到 北京\n\n他 走 了\n");
    assert_eq!(print(&["cut", "-"], "他走了"), "他 走 了\n");
    assert_eq!(
        print(&["cut", "--tag", "--profile", "jieba"], "他来到了网易杭研大厦"),
        "他/r 来到/v 了/ul 网易/n 杭研/nr 大厦/n\n"
    );
    assert_eq!(
        print(&["cut", "--no-hmm", "--profile", "jieba"], "他来到了网易杭研大厦"),
        "他 来到 了 网易 杭 研 大厦\n"
    );
    assert_eq!(
        print(&["cut", "--mode", "search", "--profile", "jieba"], "中国科学院"),
        "中国 科学 学院 科学院 中国科学院\n"
    );
    assert_eq!(print(&["cut", "--mode", "all", "--profile", "jieba"], "科学院"), "科 科学 科学院 学 学院 院\n");
    assert_eq!(print(&["cut"], "Hello　World"), "Hello World\n");
    assert_eq!(print(&["cut"], "軟銀集團"), "軟銀 集團\n");
    assert_eq!(print(&["cut", "--no-fold", "--no-hmm"], "軟銀"), "軟 銀\n");
}

#[test]
fn json_of_cut_is_one_array_that_holds_all_the_input() {
    let text = "軟銀占23.4%，\r\n\u{3000}OpenAI";
    let tokens: Vec<Value> = serde_json::from_str(&print(&["cut", "--json"], text)).unwrap();
    let joined: String = tokens.iter().map(|token| token["text"].as_str().unwrap()).collect();
    assert_eq!(joined, text);
    for token in &tokens {
        let [start, end] = ["start", "end"].map(|key| token[key].as_u64().unwrap() as usize);
        assert_eq!(&text[start..end], token["text"]);
        assert!(token["tag"].is_string() && token["origin"].is_string());
    }
    let two = [File::new("a.txt", "北京"), File::new("b.txt", "上海")];
    let tokens: Value = serde_json::from_str(&print(&["cut", "--json", two[0].path(), two[1].path()], "")).unwrap();
    assert_eq!((&tokens[1]["text"], &tokens[1]["start"], &tokens[1]["end"]), (&"上海".into(), &6.into(), &12.into()));
}

#[test]
fn empty_input_gives_empty_output() {
    for args in [&["cut"][..], &["cut", "--tag"], &["keywords"], &["keywords", "--lines"], &["clean"], &["explain"]] {
        assert_eq!(print(args, ""), "", "{args:?}");
    }
    assert_eq!(print(&["explain", ""], ""), "");
    assert_eq!(print(&["cut", "--json"], ""), "[]\n");
    let keywords: Value = serde_json::from_str(&print(&["keywords", "--json"], "")).unwrap();
    assert_eq!((&keywords["file"], &keywords["keywords"]), (&"-".into(), &Value::Array(Vec::new())));
    assert!(print(&["explain", "--dot", ""], "").starts_with("digraph {"));
}

#[test]
fn text_of_any_encoding_is_decoded() {
    let text = "中国人民银行今天发布公告，决定下调存款准备金率。\n";
    let words = print(&["cut"], text);
    let (gbk, ..) = encoding_rs::GBK.encode(text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [&[0xff, 0xfe][..], &utf16].concat();
    for bytes in [gbk.to_vec(), utf16, marked, [&[0xef, 0xbb, 0xbf][..], text.as_bytes()].concat()] {
        assert_eq!(print(&["cut"], bytes), words);
    }
    let page = "<html><head><meta charset=big5><title>資料</title></head><p>資料庫與軟體</p>";
    let (big5, ..) = encoding_rs::BIG5.encode(page);
    let keywords: Value = serde_json::from_str(&print(&["keywords", "--json"], big5)).unwrap();
    assert_eq!(keywords["encoding"], "Big5");
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    let output = run(&["cut"], b"\xd6\xd0\xb9\xfa\xc8\xcb\xc3\xf1\xb5\xc4\xd2\xf8\xd0\xd0\xff\xff\n".to_vec());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && errors.contains("standard input: some bytes are no "), "{errors}");
}

#[test]
fn keywords_are_aligned_with_weight_count_and_bar() {
    let lines = print(&["keywords", "--top", "5"], PAGE);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines.iter().any(|line| line.starts_with("星際之門")), "{lines:?}");
    for line in &lines {
        let mut fields = line.split_whitespace().rev();
        let [bar, count, weight] = [(); 3].map(|()| fields.next().unwrap());
        assert!(bar.chars().all(|c| c == '█'), "{line}");
        assert!(count.parse::<usize>().is_ok() && weight.parse::<f64>().is_ok(), "{line}");
    }
    let two = [File::new("1.txt", PAGE), File::new("2.txt", PAGE)];
    let both = print(&["keywords", "--top", "1", two[0].path(), two[1].path()], "");
    assert!(both.lines().filter(|line| line.ends_with(".txt")).count() == 2, "{both}");
}

#[test]
fn json_of_keywords_is_an_object_for_each_file_with_places_in_it() {
    let files = [File::new("page.txt", PAGE), File::new("other.txt", "今天的天气真好")];
    let lines = print(&["keywords", "--json", files[0].path(), files[1].path()], "");
    let objects: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    assert_eq!((&objects[0]["file"], &objects[0]["encoding"]), (&files[0].path().into(), &"UTF-8".into()));
    let mut keywords = objects[0]["keywords"].as_array().unwrap().iter();
    let keyword = keywords.find(|keyword| keyword["text"] == "星際之門").unwrap();
    assert_eq!(keyword["simplified"], "星际之门");
    assert!(keyword["weight"].as_f64().unwrap() > 0.0 && keyword["words"].is_u64() && keyword["tag"].is_string());
    let places = keyword["places"].as_array().unwrap();
    assert_eq!(keyword["count"], places.len());
    for place in places {
        let [start, end] = ["start", "end"].map(|key| place[key].as_u64().unwrap() as usize);
        assert!(PAGE[start..end].starts_with("星際之門"), "{}", &PAGE[start..end]);
    }
}

#[test]
fn keywords_by_line_are_separated_by_tabs() {
    let text = "软银集团投资数据中心，数据中心尚未动工\n\n粤剧在香港上演\n";
    let printed = print(&["keywords", "--lines", "--raw", "--top", "2"], text);
    let lines: Vec<&str> = printed.split('\n').collect();
    assert_eq!((lines.len(), lines[1], lines[3]), (4, "", ""));
    assert_eq!(lines[0].split('\t').count(), 2);
    for method in ["tfidf", "textrank"] {
        for profile in ["natural", "jieba"] {
            let args = ["keywords", "--method", method, "--profile", profile, "--top", "3"];
            assert_eq!(print(&args, PAGE).lines().count(), 3, "{args:?}");
        }
    }
}

#[test]
fn clean_prints_the_article_and_says_why() {
    let text = print(&["clean"], PAGE);
    assert!(text.starts_with("軟銀集團與OpenAI的“星際之門”項目被曝擱淺\n"), "{text}");
    assert!(!text.contains("久久精品") && text.ends_with('\n'));
    let object: Value = serde_json::from_str(&print(&["clean", "--json"], PAGE)).unwrap();
    assert_eq!(object["text"], text);
    for repair in object["repairs"].as_array().unwrap() {
        let [start, end] = ["start", "end"].map(|key| repair[key].as_u64().unwrap() as usize);
        assert_eq!(&PAGE[start..end], repair["raw"]);
        assert!(!repair["reason"].as_str().unwrap().is_empty() && repair["kind"].is_string());
    }
}

#[test]
fn explain_shows_the_route_and_draws_it() {
    let table = print(&["explain", "研究生命"], "");
    assert!(table.contains("研究生") && table.contains("生命"), "{table}");
    assert_eq!(print(&["explain"], "研究生命\n"), table);
    let graph = print(&["explain", "--dot", "--profile", "jieba", "研究生命"], "");
    assert!(graph.starts_with("digraph") && graph.ends_with("}\n"));
}

#[test]
fn highlight_writes_one_page() {
    let page = File::new("page.html", "");
    assert_eq!(print(&["highlight", "--out", page.path(), "--top", "3"], PAGE), "");
    let html = fs::read_to_string(page.path()).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<mark ") && html.contains("責任編輯"));
    let error = fail(&["highlight", "--out", "no-such-folder/page.html"], PAGE);
    assert!(error.starts_with("fenci: no-such-folder/page.html: "), "{error}");
}

#[test]
fn idf_learns_merges_and_serves_keywords() {
    let texts = [File::new("t1.txt", "软银的会议\n软银的投资\n"), File::new("t2.txt", "今天的天气\n软银的合同\n")];
    let [table, half, other, merged] =
        ["all.idf", "half.idf", "other.idf", "merged.idf"].map(|name| File::new(name, ""));
    let learn = |out: &File, more: &[&str]| {
        let output = run(&[&["idf", "--lines", "--out", out.path()], more].concat(), "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty());
        fs::read(out.path()).unwrap()
    };
    let all = learn(&table, &[texts[0].path(), texts[1].path()]);
    learn(&half, &["--threads", "2", texts[0].path()]);
    learn(&other, &[texts[1].path()]);
    assert_eq!(learn(&merged, &["--merge", half.path(), "--merge", other.path()]), all);
    assert_eq!(learn(&merged, &["--merge", half.path(), texts[1].path()]), all);
    print(&["keywords", "--idf", table.path()], PAGE);

    let text = learn(&merged, &["--text", "--formula", "plain", "--unknown", "9.5", texts[0].path(), texts[1].path()]);
    let text = String::from_utf8(text).unwrap();
    assert!(text.lines().any(|line| line.starts_with("天气 1.38")), "{text}");
    let bad = File::new("bad.idf", "软银 many\n");
    let error = fail(&["keywords", "--idf", bad.path()], PAGE);
    assert!(error.starts_with(&format!("fenci: {}: ", bad.path())) && error.contains("line 1"), "{error}");
    let error = fail(&["idf", "--out", merged.path(), "no-such-corpus"], "");
    assert!(error.contains("no-such-corpus"), "{error}");
    assert_eq!(fs::read_to_string(merged.path()).unwrap(), text, "a failed run leaves the table as it was");
}

#[test]
fn user_words_are_laid_over_each_other() {
    let words = [File::new("w1.txt", "云计算 9 n\n"), File::new("w2.txt", "李小福 nr\n创新办\n")];
    let args = ["cut", "--user-dict", words[0].path(), "--user-dict", words[1].path()];
    let printed = print(&args, "李小福是创新办主任，也是云计算专家");
    for word in ["李小福 ", " 创新办 ", " 云计算 "] {
        assert!(printed.contains(word), "{printed}");
    }
}

#[test]
fn errors_are_one_line_that_names_file_and_line() {
    let words = File::new("words.txt", "云计算 9 n\n软银 12x\n");
    for command in ["cut", "keywords", "explain"] {
        let error = fail(&[command, "--user-dict", words.path()], "软银");
        assert!(error.starts_with(&format!("fenci: {}: line 2: ", words.path())), "{error}");
    }
    for command in ["cut", "keywords", "clean"] {
        let error = fail(&[command, "no-such-file.txt"], "");
        assert!(error.starts_with("fenci: no-such-file.txt: "), "{error}");
        let error = fail(&[command, "--json", "no-such\nfile.txt"], "");
        assert!(error.starts_with(r#"fenci: "no-such\nfile.txt": "#), "{error}");
    }
    assert_eq!(run(&["cut", "--mode", "wrong"], "").status.code(), Some(2));
}

#[test]
fn a_closed_pipe_is_no_error() {
    for command in ["cut", "keywords", "clean"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fenci"))
            .args([command, "--json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all("软银集团投资数据中心。\n".repeat(20_000).as_bytes()).unwrap();
        drop(stdin);
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!((child.wait().unwrap().code(), errors.as_str()), (Some(0), ""), "{command}");
    }
}

#[test]
fn colours_are_for_terminals() {
    assert!(!print(&["keywords"], PAGE).contains('\u{1b}'));
}

#[test]
fn train_lines_learns_from_a_table_and_names_bad_lines() {
    let out = File::new("lines.bin", "");
    let bad = File::new("bad.tsv", "1\ta.cn\t1\t0.0\tp\t软银集团投资数据中心。\n1\ta.cn\tyes\t0.0\tp\t更多\n");
    let error = fail(&["train", "lines", "--out", out.path(), bad.path()], "");
    assert!(error.starts_with(&format!("fenci: {}: line 2: ", bad.path())), "{error}");
}

#[test]
fn a_trained_model_of_words_decides() {
    let text = File::new("labelled.txt", "南京 市长 江大桥\n桥 长 市长 知道\n".repeat(60));
    let model = File::new("words.bin", "");
    run(&["train", "words", "--out", model.path(), text.path()], "");
    assert_eq!(print(&["cut"], "南京市长江大桥"), "南京市 长江 大桥\n");
    assert_eq!(print(&["cut", "--word-model", model.path()], "南京市长江大桥"), "南京 市长 江大桥\n");
    let error = fail(&["cut", "--word-model", text.path()], "");
    assert!(error.starts_with(&format!("fenci: {}: ", text.path())), "{error}");
}

#[test]
fn pages_may_be_html() {
    let paragraphs = [
        "當地時間周一，《華爾街日報》稱，“星際之門”項目半年無實際進展，該項目原定投資五千億美元。",
        "軟銀集團希望在數據中心的選址上有更大的發言權，OpenAI則希望盡快動工，雙方因此爭執不下。",
        "項目啟動以來，“星際之門”沒有簽下一份數據中心的合同，軟銀集團的投資也至今沒有到位。",
    ];
    let body: String = paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect();
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>星際之門</title><style>p {{ color: red }}</style></head>\n\
         <body><ul><li><a href=\"/\">首頁</a></li><li><a href=\"/n\">新聞</a></li></ul>\n{body}<script>var a = '</p>';</script></body></html>"
    );
    let text = print(&["clean"], page.as_str());
    for paragraph in paragraphs {
        assert!(text.contains(paragraph), "{text}");
    }
    assert!(!text.contains('<') && !text.contains("color") && !text.contains("var a"), "{text}");
    assert!(print(&["keywords", "--top", "5"], page).lines().any(|line| line.starts_with("星際之門")));
}
