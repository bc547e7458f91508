//! The HTML report: well-formed, self-contained, the same bytes, deaf to what sources say to a browser, small and quick
//! with ten thousand claims, and readable.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use belie::app::pipeline::{Settings, analyse};
use belie::finding::{Analysis, Finding, Group, Status};
use belie::graph::{Relation, Severity};
use belie::report::{Style, format};
use belie::source::Document;
use belie::value::value_words;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::given::{self, EXTRACTOR, POST, analysed, documents};
use crate::program::{Folder, run};

const LEDGER: &str = "---
title: The Otter Mill is to be restored
publisher: The Weir Ledger
published: 2031-03-12
---
The Brackwater Trust was valued at $4.2 million. Agnes Thorley died on 3 June 1874.

# What remains

The wheel is 12 metres wide.
";

/// Whatever a browser could take for its own.
const HOSTILE: &str = "---
title: \"</title></style></script><script>alert('1')</script>\"
publisher: <img src=x onerror=alert(2)> & co
url: javascript:alert(3)
published: 2031-03-12
---
Agnes <script>alert(\"x\")</script> Thorley died on 3 June 1874. The Brackwater \"Trust\" <!-- & Sons was valued at $4.2 million]]>.

The \u{1b}[31mBrackwater\u{0}\u{7} Trust\u{202e} was valued at $5.2 million, said Ines \"></a><b onclick='x'>Calloway</b>. See [it](javascript:alert(4)) and {{ page }} {% raw %}.

<a href=\"https://elsewhere.example/\">Agnes Thorley</a> died on 8 June 1874.
";

pub(crate) fn page(analysis: &Analysis) -> String {
    format("html").unwrap().render(analysis, &Style::default())
}

/// Elements that have no end.
const VOID: [&str; 4] = ["meta", "input", "br", "hr"];

/// The page as a browser cuts it up, style and script in one piece.
fn tokens(page: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(page, emitter).map(|Ok(token)| token)
}

/// The elements of a page with their attributes; panics on anything a browser would have to mend.
pub(crate) fn elements(page: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut open: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for token in tokens(page) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                let attributes = tag.attributes.iter().map(|(k, v)| (text(k), text(v))).collect();
                // A row and a cell may be left open: the next one, or the end of the table, closes them.
                if name == "td" || name == "tr" {
                    close(&mut open, &["td"]);
                    close(&mut open, if name == "tr" { &["tr"] } else { &[] });
                    let around = open.last().map_or("", String::as_str);
                    assert!(["thead", "tbody", "tr"].contains(&around), "<{name}> in <{around}>");
                }
                if !tag.self_closing && !VOID.contains(&name.as_str()) {
                    open.push(name.clone());
                }
                out.push((name, attributes));
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8(tag.name.to_vec()).unwrap();
                match name.as_str() {
                    "tr" => close(&mut open, &["td"]),
                    "tbody" => close(&mut open, &["td", "tr"]),
                    _ => {}
                }
                assert_eq!(open.pop().as_ref(), Some(&name), "closed where it was not opened, after {:?}", out.last());
            }
            Token::Error(error) => panic!("{error:?} after {:?}", out.last()),
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    out
}

/// Closes elements that have been left open, each if it is the innermost.
fn close(open: &mut Vec<String>, names: &[&str]) {
    for name in names {
        open.pop_if(|last| last == name);
    }
}

/// What holds of every page.
fn sound(page: &str) {
    let elements = elements(page);
    let mut ids: Vec<&String> = elements.iter().filter_map(|(_, a)| a.get("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    for (name, attributes) in &elements {
        assert!(!["img", "iframe", "object", "embed", "link", "base"].contains(&name.as_str()), "<{name}>");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "<{name} {key}>");
            if key == "href" {
                let target = value.strip_prefix('#').unwrap_or_else(|| panic!("<{name} href={value}>"));
                assert!(ids.binary_search(&&target.to_owned()).is_ok(), "nothing has the id {target}");
            }
            if ["aria-labelledby", "for"].contains(&key.as_str()) {
                assert!(ids.binary_search(&value).is_ok(), "nothing has the id {value}");
            }
        }
    }
    let levels = elements.iter().filter_map(|(n, _)| n.strip_prefix('h')?.parse::<u8>().ok());
    levels.fold(0, |last, level| {
        assert!(level <= last + 1, "a heading of level {level} after one of {last}");
        level
    });
    let once = |wanted: &str| elements.iter().filter(|(n, _)| n == wanted).count();
    assert_eq!((once("h1"), once("main"), once("script"), once("style")), (1, 1, 1, 1));
    assert!(!page.contains("url(") && !page.contains("@import"));
    assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "a control character");
}

/// The page as a reader of text sees it: a line a block, hidden words in their places, no style, script or picture.
fn as_text(page: &str) -> String {
    let (mut out, mut silent) = (String::new(), 0);
    let broken = |out: &mut String| {
        let end = out.trim_end_matches(' ').len();
        out.truncate(end);
        if !out.ends_with('\n') {
            out.push('\n');
        }
    };
    for token in tokens(page) {
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"style" | b"script" | b"svg" | b"head" | b"select" => silent += 1,
                b"h1" | b"h2" | b"h3" => {
                    broken(&mut out);
                    out.push_str(match tag.name.as_slice() {
                        b"h1" => "# ",
                        b"h2" => "\n## ",
                        _ => "### ",
                    });
                }
                b"p" | b"li" | b"tr" | b"div" | b"section" | b"article" | b"details" | b"table" | b"dl" | b"figure"
                | b"figcaption" | b"form" | b"ul" | b"ol" => broken(&mut out),
                b"td" | b"th" => out.push_str(" | "),
                b"dd" => out.push_str(": "),
                _ => {}
            },
            Token::EndTag(tag) => match tag.name.as_slice() {
                b"style" | b"script" | b"svg" | b"head" | b"select" => silent -= 1,
                b"p" | b"li" | b"tr" | b"div" | b"h1" | b"h2" | b"h3" | b"article" | b"summary" | b"blockquote" => {
                    broken(&mut out);
                }
                _ => {}
            },
            Token::String(text) if silent == 0 => {
                let text = String::from_utf8(text.to_vec()).unwrap();
                for (at, part) in text.split('\n').enumerate() {
                    let space = if at > 0 && !out.ends_with([' ', '\n']) { " " } else { "" };
                    let _ = write!(out, "{space}{part}");
                }
            }
            _ => {}
        }
    }
    out
}

/// Documents of a world of bridges and boards that mostly agree, deterministic: about fifty claims each.
fn world(count: usize) -> Vec<Document> {
    const FIRST: [&str; 20] = [
        "Alder", "Birch", "Cedar", "Damson", "Elder", "Fennel", "Gorse", "Hazel", "Iris", "Juniper", "Kelp", "Larch",
        "Maple", "Nettle", "Olive", "Poplar", "Quince", "Rowan", "Sorrel", "Teasel",
    ];
    const BOARD: [&str; 3] = ["Foundry", "Tram Works", "Water Board"];
    const BRIDGE: [&str; 3] = ["Bridge", "Viaduct", "Tunnel"];
    const MONTH: [&str; 7] = ["January", "March", "May", "June", "August", "October", "December"];
    const WORD: [&str; 20] = [
        "quay", "ferry", "lantern", "harbour", "reader", "ledger", "orchard", "winter", "kitchen", "letter", "window",
        "river", "market", "garden", "village", "station", "engine", "summer", "corner", "basket",
    ];
    let said = |about: usize, kind: usize, off: usize| {
        let board = format!("{} {}", FIRST[about % 20], BOARD[about / 20 % 3]);
        let bridge = format!("{} {}", FIRST[about % 20], BRIDGE[about / 20 % 3]);
        let (figure, month) = (about * 37 % 900 + 100, MONTH[about % 7]);
        match kind {
            0 => format!("The {board} was founded on {} {month} {}.", about % 20 + 1 + off * 3, 1840 + about),
            1 => format!("The {bridge} is {} metres long.", figure + off * 40),
            2 => format!("The {board} was valued at ${}.5 million in {}.", figure / 10 + off * 7, 2001 + about % 20),
            3 => format!("The {bridge} opened on {} {month} {}.", about % 20 + 2 + off * 3, 1900 + about),
            _ => format!("The {bridge} cost £{} million.", figure * 3 + off * 100),
        }
    };
    let document = |d: usize| {
        let mut text = format!(
            "---\ntitle: Notes from the {} and the {}, part {}\npublisher: Gazette {}\npublished: 2031-{:02}-{:02}\n---\n",
            WORD[d % 20],
            WORD[(d / 20 + 7) % 20],
            d + 1,
            d + 1,
            d % 12 + 1,
            d % 28 + 1
        );
        for i in 0..42 {
            let which = (d * 61 + i * 7) % 300;
            let _ = write!(text, "\n{}", said(which / 5, which % 5, usize::from((d * 42 + i).is_multiple_of(13))));
            if i % 3 == 0 {
                let word = |j: usize| WORD[(d * 7 + i * 3 + j * (d % 5 + 3)) % 20];
                let words: [&str; 5] = std::array::from_fn(word);
                let _ = write!(
                    text,
                    " By the {} and the {}, nobody at the {} could say whether the {} had come before the {}.",
                    words[0], words[1], words[2], words[3], words[4]
                );
            }
            text.push('\n');
        }
        Document::from_text(&format!("{d:03}.md"), &text)
    };
    (0..count).map(document).collect()
}

/// Adds a card for every subject and attribute of which several values are stated: a page with many cards, whatever the
/// rules make of the texts.
fn with_cards(analysis: &mut Analysis) {
    let mut by: BTreeMap<(String, String), BTreeMap<String, Vec<u32>>> = BTreeMap::new();
    for (at, claim) in (0..).zip(&analysis.claims).filter(|(_, c)| !c.noise) {
        let Some(subject) = &claim.subject else { continue };
        let values = by.entry((subject.name.clone(), claim.attribute.clone())).or_default();
        values.entry(value_words(&claim.value)).or_default().push(at);
    }
    for ((subject, attribute), values) in by.into_iter().filter(|(_, values)| values.len() > 1).take(220) {
        let mut claims: Vec<u32> = values.values().flatten().copied().collect();
        claims.sort_unstable();
        let group = |(value, claims): (String, Vec<u32>)| {
            let mut sources: Vec<u32> = claims.iter().map(|&c| analysis.claims[c as usize].source).collect();
            sources.dedup();
            let origins = sources.iter().map(|&s| analysis.origins[s as usize].clone()).collect();
            Group { value, claims, sources, origins }
        };
        let number = analysis.findings.len();
        let severity = [Severity::Error, Severity::Warning][number % 2];
        analysis.findings.push(Finding {
            id: format!("{number:016x}"),
            rule: "value-conflict".to_owned(),
            severity,
            relation: Relation::Conflict,
            confidence: 950,
            message: format!("{} against {} ({subject}, {attribute})", values.len(), claims.len()),
            subject: Some(subject),
            attribute,
            scope: BTreeMap::new(),
            as_of: None,
            primary: claims[0],
            claims,
            outlier: None,
            groups: values.into_iter().map(group).collect(),
            notes: vec!["the numbers differ at their printed precision".to_owned()],
            help: "look the figure up in the record from which both were taken".to_owned(),
            fingerprint: String::new(),
            status: Status::New,
            settled: None,
        });
    }
}

fn large() -> Analysis {
    let mut analysis = analyse(world(200), Vec::new(), &EXTRACTOR, &Settings { jobs: 2, ..Settings::default() });
    with_cards(&mut analysis);
    analysis
}

#[test]
fn two_papers_as_text() {
    let analysis = analysed(documents(&[("ledger.md", LEDGER), ("post.txt", POST)]));
    let page = page(&analysis);
    sound(&page);
    let text =
        as_text(&page).replace(&analysis.rules_hash, "[rules_hash]").replace(env!("CARGO_PKG_VERSION"), "[version]");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("report@html", text));
}

#[test]
fn seeds_are_sound_pages() {
    for name in given::seeds() {
        let analysis = analysed(given::seed(&name));
        let page = page(&analysis);
        sound(&page);
        for (at, finding) in analysis.findings.iter().enumerate() {
            assert!(page.contains(&format!("id=\"f{}\"", at + 1)), "{name}: {}", finding.message);
            assert!(page.contains(&format!("Finding <code>{}</code>", finding.id)), "{name}: {}", finding.message);
        }
        let marks = page.matches(" href=#n").count();
        assert!(marks > 100, "{name}: only {marks} underlined words");
    }
}

#[test]
fn the_same_bytes() {
    let texts = || documents(&[("ledger.md", LEDGER), ("post.txt", POST), ("x.md", HOSTILE)]);
    let of =
        |documents, jobs| page(&analyse(documents, Vec::new(), &EXTRACTOR, &Settings { jobs, ..Settings::default() }));
    let mut turned = texts();
    turned.reverse();
    assert_eq!(of(texts(), 1), of(turned, 4));
}

#[test]
fn texts_stay_texts() {
    let page = page(&analysed(documents(&[("<a href='x'>\"&.md", HOSTILE), ("ledger.md", LEDGER)])));
    sound(&page);
    for raw in ["<script>alert", "<img", "<b onclick", "href=\"javascript", "elsewhere.example/\">Agnes", "<!--"] {
        assert!(!page.contains(raw), "{raw}");
    }
    for kept in [
        "&lt;script&gt;alert",
        "&lt;img src=x onerror",
        "javascript:alert(3)",
        "{{ page }} {% raw %}",
        "&lt;/title&gt;",
    ] {
        assert!(page.contains(kept), "the words have gone: {kept}");
    }
    for hidden in ['\u{0}', '\u{1b}', '\u{202e}'] {
        assert!(!page.contains(hidden), "{hidden:?}");
    }
}

#[test]
fn as_a_command() {
    let folder = Folder::new("html");
    folder.file("set/ledger.md", LEDGER);
    folder.file("set/post.txt", POST);
    run(&folder, &["check", "set", "--format", "html=out.html"]).expect(1, &[]);
    assert!(std::fs::read_to_string(folder.0.join("out.html")).unwrap().ends_with("</html>\n"));
    run(&folder, &["check", "set", "--format", "html"]).expect(1, &["<!doctype html>"]);
}

#[test]
#[allow(clippy::print_stderr)] // the figures are for people
fn ten_thousand_claims() {
    let analysis = large();
    let start = std::time::Instant::now();
    let page = page(&analysis);
    eprintln!(
        "{} documents, {} claims, {} findings: {} bytes in {:?}",
        analysis.documents.len(),
        analysis.claims.len(),
        analysis.findings.len(),
        page.len(),
        start.elapsed()
    );
    assert!(analysis.claims.len() >= 10_000 && analysis.findings.len() >= 200);
    sound(&page);
    assert!(page.len() < 7_000_000, "{} bytes", page.len());

    // In a browser: the policy is taken off, since it rightly forbids the stopwatch.
    let folder = Folder::new("html-large");
    let (before, after) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let rest = after.split_once('>').unwrap().1;
    let stopwatch = "<script>addEventListener('load', () => {
        const q = document.getElementById('q'), rows = () => document.querySelectorAll('.claims tr:not([hidden]) td:first-child').length;
        document.body.offsetHeight;
        const loaded = Math.round(performance.now()), took = [];
        window.requestAnimationFrame = (f) => f();
        const all = rows();
        for (const words of ['viaduct', 'viaduct 1', 'gorse tunnel opened', '']) {
            q.value = words;
            const start = performance.now();
            q.dispatchEvent(new Event('input'));
            document.body.offsetHeight;
            took.push(Math.round(performance.now() - start) + ' ms for ' + rows() + ' of ' + all);
        }
        document.title = 'loaded in ' + loaded + ' ms; ' + took.join(', ');
    });</script></body>";
    let timed = format!("{before}{rest}").replace("</body>", stopwatch);
    let file = folder.file("large.html", timed);
    if let Some(dom) = chromium(&["--dump-dom"], &file) {
        let title = dom.split_once("<title>").and_then(|(_, t)| t.split_once("</title>")).unwrap().0;
        eprintln!("chromium: {title}");
        let numbers: Vec<u32> = title.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let [loaded, first, some, all, second, ..] = numbers[..] else { panic!("{title}") };
        assert!(some > 100 && some < all && all > 9_000, "{title}");
        assert!(title.ends_with(&format!("for {all} of {all}")), "{title}");
        // Far from what it takes, for machines that have much else to do.
        assert!(loaded < 10_000 && first < 2_000 && second < 2_000, "{title}");
    }
    // Beside an empty page, in one process, so that what others do on the machine does not count.
    let (whole, empty) =
        (folder.file("whole.html", &page), folder.file("empty.html", "<!doctype html><title>x</title>"));
    let costs: Vec<f64> = (0..3).map_while(|_| Some(processor_time(&whole)? - processor_time(&empty)?)).collect();
    if let Some(least) = costs.iter().copied().reduce(f64::min) {
        eprintln!("chromium: {costs:.2?} s of processor time more than an empty page");
        // Under two seconds, of several threads, on the two cores on which it was written.
        assert!(least < 4.0, "{costs:?}");
    }
}

/// The seconds of processor time that chromium takes to start, show a page and print it; `None` where it cannot be determined.
#[allow(clippy::print_stderr)] // a test that does not run has to say so
fn processor_time(page: &Path) -> Option<f64> {
    let script = "TIMEFORMAT='%U %S'; time chromium --headless --single-process --no-sandbox --disable-gpu \
        --user-data-dir=\"$1\" --dump-dom \"file://$2\" >/dev/null 2>&1";
    let profile = page.with_extension("profile");
    let output =
        Command::new("bash").args(["-c", script, "-"]).args([profile.as_path(), page]).stdin(Stdio::null()).output();
    let Some(output) = output.ok().filter(|o| o.status.success()) else {
        eprintln!("skipped: no chromium that runs in one process");
        return None;
    };
    String::from_utf8(output.stderr).ok()?.split_whitespace().map(|n| n.parse::<f64>().ok()).sum()
}

#[test]
fn a_browser_shows_it() {
    let folder = Folder::new("html-browser");
    let hostile = page(&analysed(documents(&[("<a href='x'>\"&.md", HOSTILE), ("ledger.md", LEDGER)])));
    let file = folder.file("page.html", &hostile);
    // The script has run under the policy: the search is there. Nothing else has.
    let Some(dom) = chromium(&["--dump-dom"], &file) else { return };
    assert!(dom.contains("<form id=\"find\" role=\"search\">"), "the search stays hidden");
    assert!(!dom.contains("<img") && dom.matches("<script").count() == 1);
    let shot = folder.0.join("page.png");
    chromium(&[&format!("--screenshot={}", shot.display()), "--window-size=1200,1600"], &file).unwrap();
    // A page without its style, or an empty one, is a small picture.
    assert!(std::fs::metadata(&shot).unwrap().len() > 50_000);
}

/// What headless chromium says to a page; `None` where there is none, which the test says.
#[allow(clippy::print_stderr)] // a test that does not run has to say so
pub(crate) fn chromium(arguments: &[&str], page: &Path) -> Option<String> {
    let profile = page.with_extension("profile");
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .args(["--enable-logging=stderr", "--v=0"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .output();
    let Ok(output) = output else {
        eprintln!("skipped: chromium is not on this machine");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "chromium: {said}");
    for refused in ["Refused to", "Content Security Policy", "Uncaught"] {
        assert!(!said.contains(refused), "{said}");
    }
    Some(String::from_utf8(output.stdout).unwrap())
}
