//! Files that mean harm: every format cut off, turned over, nested without end, packed beyond measure, or full of what a terminal obeys.
//!
//! The set is made here, from a good file of each format and from what is known to hurt. Each of its files is refused or read with
//! a problem that names it, in time, and the good documents beside them are reported as if they were alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use belie::source::{Document, ReadOptions};
use serde_json::Value;

use crate::packed::{self, docx, epub, pdf, xlsx, zip};
use crate::program::{Folder, command, run};

/// A text of the set, on something that the good documents say nothing of.
const TEXT: &str = "---\ntitle: Otter Mill\npublished: 2031-03-12\n---\n# Otter Mill\n\nThe mill was sold for $4.2 million. It employs 12 people.\n";

/// A file of the set: its name, and what is in it.
type Hostile = (String, Vec<u8>);

/// Numbers that look drawn, and are the same in every run, so that each meets the same files.
pub(crate) struct Drawn(pub(crate) u32);

impl Drawn {
    pub(crate) fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.next() as usize % most.max(1)
    }
}

/// A good file of each format.
pub(crate) fn good() -> Vec<(&'static str, Vec<u8>)> {
    let document = Document::from_text("mill.md", TEXT);
    let html =
        format!("<!doctype html><html lang=en><title>Otter Mill</title><main>{}</main>", packed::html(&document));
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://mill.example/\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let item = "<title>Otter Mill</title><description>&lt;p>The mill was sold for $4.2 million.&lt;/p></description>";
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Weir</title><item>{item}</item></channel></rss>"
    );
    let atom = "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Weir</title><entry><title>Mill</title><content>The mill was sold for $4.2 million.</content></entry></feed>";
    let object = "{\"title\": \"Otter Mill\", \"text\": \"The mill was sold for $4.2 million.\"}";
    let table = "Year,Visitors,Note\n2030,4000,\"a, b\"\n2031,5000,\"c \"\"d\"\"\"\n";
    vec![
        ("txt", TEXT.into()),
        ("md", TEXT.into()),
        ("html", html.into_bytes()),
        ("csv", table.into()),
        ("tsv", table.replace(',', "\t").into_bytes()),
        ("json", format!("[{object}, {object}]").into_bytes()),
        ("jsonl", format!("{object}\n{object}\n").into_bytes()),
        ("rss", rss.into_bytes()),
        ("atom", atom.into()),
        ("docx", docx(&document)),
        ("epub", epub(&document)),
        ("xlsx", xlsx(&[&["Year", "Visitors"], &["2030", "4000"], &["2031", "5000"]])),
        ("pdf", pdf(&document)),
        ("zip", zip(&[("mill.md", TEXT.as_bytes()), ("page.html", b"<p>The mill was sold.</p>")])),
        ("warc", warc.into_bytes()),
        ("gz", gz(TEXT.as_bytes())),
    ]
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The good files cut off, with bytes turned over, doubled, and under the names of others.
fn broken() -> Vec<Hostile> {
    let good = good();
    let mut out = Vec::new();
    for (at, (format, bytes)) in good.iter().enumerate() {
        for cut in [1, 3, 6, 9] {
            out.push((format!("cut-{cut}.{format}"), bytes[..bytes.len() * cut / 10].to_vec()));
        }
        let mut drawn = Drawn(0x2545_f491 + at as u32);
        for n in 0..4 {
            let mut turned = bytes.clone();
            for _ in 0..=(n * 3) {
                let number = drawn.next();
                let place = number as usize % turned.len();
                turned[place] ^= 1 << (number % 8);
            }
            out.push((format!("turned-{n}.{format}"), turned));
        }
        let (other, _) = good[(at + 3) % good.len()];
        out.push((format!("a-{format}.{other}"), bytes.clone()));
        out.push((format!("behind.{format}"), [bytes.as_slice(), &[0, 255, 27, b'<', b'{']].concat()));
    }
    out
}

/// What is known to hurt readers.
fn known() -> Vec<Hostile> {
    let deep = |open: &str, shut: &str, n: usize| {
        (open.repeat(n) + "The mill cost $4 million." + &shut.repeat(n)).into_bytes()
    };
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">\
        <!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">]>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    let feed = |head: &str, entity: &str| {
        format!(
            "{head}<rss><channel><item><title>Mill</title><description>{entity} The mill cost $4 million.</description></item></channel></rss>"
        )
    };
    let word = |body: &str| {
        let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            (
                "word/document.xml",
                format!("<w:document xmlns:w=\"{main}\"><w:body>{body}</w:body></w:document>").as_bytes(),
            ),
        ])
    };
    let zeros = vec![b' '; 48 << 20];
    let mut quine = zip(&[("mill.txt", b"The mill cost $4 million.")]);
    for _ in 0..80 {
        quine = zip(&[("in.zip", &quine)]);
    }
    let many: Vec<String> = (0..12_000).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let escapes = "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{2028}\u{85}\u{2066}";
    let object = |objects: &[&str]| {
        let mut out = String::from("%PDF-1.4\n");
        for (n, object) in objects.iter().enumerate() {
            let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1);
        }
        out += "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
        out.into_bytes()
    };
    let catalogue = "<< /Type /Catalog /Pages 2 0 R >>";
    let mut out: Vec<(&str, Vec<u8>)> = vec![
        ("deep.html", deep("<div>", "</div>", 200_000)),
        ("deep-list.html", deep("<ul><li>", "", 100_000)),
        ("attributes.html", format!("<p {}>The mill cost $4 million.", "a=b ".repeat(200_000)).into_bytes()),
        ("references.html", format!("<p>{}", "&amp;".repeat(300_000)).into_bytes()),
        ("open.html", b"<!doctype html><script>".repeat(50_000)),
        ("escapes.html", format!("<p>The {escapes}mill cost $4 million.").into_bytes()),
        ("deep.md", deep("> ", "", 50_000)),
        ("brackets.md", deep("[", "](x)", 50_000)),
        ("stars.md", b"*a **b ".repeat(60_000)),
        ("table.md", format!("|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000)).into_bytes()),
        ("front.md", format!("---\n{}---\nThe mill cost $4 million.\n", "a: b\n".repeat(20_000)).into_bytes()),
        ("line.txt", "one word and another, ".repeat(100_000).into_bytes()),
        ("digits.txt", "7".repeat(1_000_000).into_bytes()),
        ("escapes.txt", format!("The {escapes}mill cost $4 million{escapes}.").into_bytes()),
        ("marks.txt", format!("The mill cost $4 million a{}.", "\u{301}".repeat(200_000)).into_bytes()),
        ("nothing.txt", Vec::new()),
        ("utf16.txt", b"\xff\xfeT\0h\0e\0 \0\xd8".to_vec()),
        ("utf32.txt", b"\xff\xfe\0\0T\0\0\0".to_vec()),
        ("binary.txt", (0..=255).collect::<Vec<u8>>().repeat(400)),
        ("deep.json", deep("[", "]", 200_000)),
        ("deep-objects.json", deep("{\"text\":", "}", 100_000)),
        ("number.json", format!("{{\"text\": \"The mill.\", \"n\": 1{}}}", "0".repeat(500_000)).into_bytes()),
        ("surrogates.json", b"{\"text\": \"The mill \\ud800 cost \\udfff $4 million \\u0000 \\u001b[2J.\"}".to_vec()),
        ("keys.json", format!("{{{}\"text\": \"The mill.\"}}", "\"a\": 1, ".repeat(200_000)).into_bytes()),
        ("lines.jsonl", "{\"text\": \"x\"}\n".repeat(30_000).into_bytes()),
        ("broken.jsonl", "{\"text\": \"The mill.\"\n".repeat(2_000).into_bytes()),
        ("formulas.csv", b"Name,Cost\n=cmd|' /C calc'!A0,4\n@SUM(1+1),-5\n+1,\"=HYPERLINK(\"\"x\"\")\"\n".to_vec()),
        ("open.csv", format!("a,b\n1,\"{}", "x,\n".repeat(100_000)).into_bytes()),
        ("wide.csv", ",".repeat(1_000_000).into_bytes()),
        ("laughs.rss", feed(laughs, "&e;").into_bytes()),
        ("outside.rss", feed(outside, "&f;").into_bytes()),
        ("deep.rss", [b"<rss><channel>".as_slice(), &deep("<item>", "</item>", 100_000)].concat()),
        ("deep.atom", [b"<feed>".as_slice(), &deep("<entry><content>", "", 100_000)].concat()),
        ("deep.docx", word(&format!("<w:p>{}x", "<w:r>".repeat(100_000)))),
        ("tables.docx", word(&"<w:tbl><w:tr><w:tc>".repeat(20_000))),
        ("laughs.docx", zip(&[("word/document.xml", format!("{laughs}<x>&e;</x>").as_bytes())])),
        ("outside.docx", zip(&[("word/document.xml", format!("{outside}<x>&f;</x>").as_bytes())])),
        ("bomb.docx", zip(&[("word/document.xml", &zeros)])),
        ("empty.docx", zip(&[("word/document.xml", b"")])),
        ("bomb.epub", zip(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", &zeros)])),
        ("away.epub", {
            let container =
                "<container><rootfiles><rootfile full-path=\"../../../etc/passwd\"/></rootfiles></container>";
            zip(&[("mimetype", b"application/epub+zip"), ("META-INF/container.xml", container.as_bytes())])
        }),
        ("bomb.xlsx", zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", &zeros)])),
        ("bomb.zip", zip(&[("zeros.txt", &zeros)])),
        ("quine.zip", quine),
        ("many.zip", zip(&many)),
        (
            "away.zip",
            zip(&[("../../../../tmp/belie-away.txt", b"The mill cost $4 million."), ("/etc/mill.txt", b"The mill.")]),
        ),
        ("names.zip", zip(&[("\u{1b}[31m\u{202e}.txt", b"The mill cost $4 million."), ("a\nb.txt", b"The mill.")])),
        ("bomb.gz", gz(&zeros)),
        ("bombs.gz", gz(&gz(&zeros))),
        ("length.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx".to_vec()),
        ("minus.warc", b"WARC/1.0\r\nContent-Length: -1\r\n\r\nx".to_vec()),
        ("head.warc", [b"WARC/1.0\r\n".as_slice(), &b"a: b\r\n".repeat(100_000)].concat()),
        ("chunks.warc", {
            let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx";
            format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{answer}", answer.len()).into_bytes()
        }),
        ("itself.pdf", object(&[catalogue, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"])),
        (
            "circle.pdf",
            object(&[
                catalogue,
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Pages /Kids [2 0 R] /Count 9 >>",
            ]),
        ),
        ("deep.pdf", object(&[catalogue, &format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))])),
        ("dictionaries.pdf", object(&[catalogue, &"<< /A ".repeat(100_000)])),
        ("count.pdf", object(&[catalogue, "<< /Type /Pages /Kids [] /Count 99999999999 >>"])),
        ("stream.pdf", object(&[catalogue, "<< /Length 99999999999 >>\nstream\nx\nendstream"])),
        ("strings.pdf", packed::file(&[format!("BT /F1 10 Tf {} ET", "(".repeat(50_000))], "<< >>")),
        (
            "text.pdf",
            packed::file(
                &["BT /F1 1e38 Tf -1e38 0 0 1e38 1e38 1e38 Tm (mill) Tj ET".to_owned()],
                "<< /Title (\\033[2J) >>",
            ),
        ),
        ("states.pdf", packed::file(&["q ".repeat(300_000)], "<< >>")),
        ("bomb.pdf", {
            let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(&vec![b' '; 900 << 20]).unwrap();
            let packed = packed.finish().unwrap();
            let mut out = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n".to_vec();
            let places: Vec<usize> = ["1 0 obj", "2 0 obj", "3 0 obj"]
                .iter()
                .map(|o| out.windows(7).position(|w| w == o.as_bytes()).unwrap())
                .collect();
            let fourth = out.len();
            write!(out, "4 0 obj\n<< /Length {} /Filter /FlateDecode >>\nstream\n", packed.len()).unwrap();
            out.extend(&packed);
            let start = out.len() + 19;
            out.extend(b"\nendstream\nendobj\n\nxref\n0 5\n0000000000 65535 f \n");
            for at in places.into_iter().chain([fourth]) {
                writeln!(out, "{at:010} 00000 n ").unwrap();
            }
            write!(out, "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").unwrap();
            out
        }),
    ];
    // A page under a name that says so, and one that lies.
    out.push(("page.pdf", b"<!doctype html><p>The mill cost $4 million.".to_vec()));
    out.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// Each by itself: in time, and never without a document or a problem that says why there is none.
#[test]
fn every_hostile_file_is_read_or_refused() {
    let all: Vec<Hostile> = broken().into_iter().chain(known()).collect();
    assert!(all.len() >= 150, "{}", all.len());
    let names: BTreeSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "two files have one name");
    for (name, bytes) in &all {
        let begun = Instant::now();
        let (documents, problems) = Document::from_bytes(name, bytes, &ReadOptions::default());
        assert!(
            !documents.is_empty() || problems.iter().any(|p| p.path.starts_with(name.as_str())),
            "{name}: nothing is said"
        );
        for document in &documents {
            assert!(!document.text.contains('\0'), "{name}");
            assert!(!document.text.contains("root:"), "{name}: a file of the machine was read");
        }
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    }
}

/// All of them beside two good documents, in the program itself: these are reported as if they were alone.
#[test]
fn good_documents_beside_hostile_ones() {
    let folder = Folder::new("hostile");
    folder.file("s/good-a.txt", "The Alder Bridge opened on 12 May 2021. It cost $38 million.\n");
    folder.file("s/good-b.txt", "The Alder Bridge opened on 14 May 2021. It cost $83 million.\n");
    // What a finding says of the good documents.
    let findings = |out: &str| -> Vec<Value> {
        let report: Value = serde_json::from_str(out).unwrap();
        let mut all: Vec<Value> = report["findings"].as_array().unwrap().clone();
        all.retain(|f| f["groups"].to_string().contains("good-"));
        all
    };
    let arguments = ["check", "s", "--no-cache", "--format", "json"];
    let alone = findings(&run(&folder, &arguments).out);
    assert!(alone.len() >= 2);
    for (name, bytes) in broken().into_iter().chain(known()) {
        folder.file(&format!("s/{name}"), bytes);
    }
    #[cfg(unix)]
    for (link, to) in [("loop", "loop"), ("up", ".."), ("passwd.txt", "/etc/passwd")] {
        std::os::unix::fs::symlink(to, folder.0.join("s").join(link)).unwrap();
    }
    let mut child = command(&folder, &arguments)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut out, &mut text).map(|_| text).unwrap()
    });
    let errors = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut err, &mut text).map(|_| text).unwrap()
    });
    let mut most = 0;
    let status = loop {
        most = most.max(peak(id).unwrap_or_default());
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let (out, err) = (reader.join().unwrap(), errors.join().unwrap());
    assert_eq!(status.code(), Some(1), "{err}");
    assert!(!err.contains("panicked"), "{err}");
    assert!(most < 512 << 10, "{most} KiB of memory");
    assert_eq!(findings(&out), alone);
    let harmless =
        |c: char| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') || c == '\n';
    for text in [&out, &err] {
        assert!(text.chars().all(harmless));
    }
    assert!(!std::path::Path::new("/tmp/belie-away.txt").exists());
}

/// Most memory that a process has taken, in KiB, where the system tells.
fn peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
