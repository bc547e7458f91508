//! The fuzz targets over good files with a few bytes changed: the short run that every check makes. `cargo fuzz` makes the
//! long ones, from the corpora that [`write_corpora`] writes.

use std::fs;
use std::path::Path;

use crate::given::{seed, seeds};
use crate::hostile::{Drawn, good};
use crate::packed;

#[allow(unreachable_pub)] // in the crate of the targets they are public
#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// How often each file is changed.
const TIMES: usize = 12;
/// The same of rules and configurations, which are few and soon read.
const MANY: usize = 200;
/// Longest text that is compared: the pipeline takes longer than a reader.
const LONGEST: usize = 600;

/// A file with bytes turned over, left out, doubled, or brought in from another.
fn changed(drawn: &mut Drawn, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=drawn.below(4) {
        let at = drawn.below(out.len());
        let end = (at + 1 + drawn.below(24)).min(out.len());
        match drawn.below(4) {
            0 => out.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (at % 8)),
            1 => drop(out.drain(at..end)),
            2 => out = [&out[..end], &out[at..]].concat(),
            _ => {
                let from = drawn.below(other.len());
                out = [&out[..at], &other[from..(from + 24).min(other.len())], &out[at..]].concat();
            }
        }
    }
    out
}

/// What the targets start from: name of the target, name of the file, bytes.
fn corpora() -> Vec<(String, String, Vec<u8>)> {
    let mut out = Vec::new();
    let mut add = |target: &str, name: String, bytes: Vec<u8>| out.push((target.to_owned(), name, bytes));
    for (format, bytes) in good() {
        let target = match format {
            "tsv" => "csv",
            "rss" | "atom" => "feed",
            format => format,
        };
        add(&format!("read-{target}"), format!("good.{format}"), bytes);
    }
    for document in seeds().iter().flat_map(|name| seed(name)) {
        for target in ["segment", "mentions", "compare", "report"] {
            add(target, document.id.clone(), document.text.clone().into_bytes());
        }
        add(&format!("read-{}", document.format), document.id.clone(), document.text.clone().into_bytes());
        for (target, bytes) in [
            ("read-html", packed::html(&document).into_bytes()),
            ("read-docx", packed::docx(&document)),
            ("read-epub", packed::epub(&document)),
            ("read-pdf", packed::pdf(&document)),
        ] {
            add(target, document.id.clone(), bytes);
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &str| fs::read(root.join(path)).unwrap();
    for rule in ["extract/age.toml", "check/age-now.toml", "relate/value-conflict.toml", "lexicon/denials.toml"] {
        add("rules", rule.replace('/', "-"), text(&format!("rules/{rule}")));
    }
    add("config", "template.toml".to_owned(), text("src/config/template.toml"));
    out
}

/// Hands bytes to a target.
fn run(target: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let brief: String = text.chars().take(LONGEST).collect();
    match target {
        "segment" => targets::segment(&text),
        "mentions" => targets::mentions(&text),
        "rules" => targets::rules(&text),
        "config" => targets::config(&text),
        "compare" => targets::compare(&brief),
        "report" => targets::report(&brief),
        reader => {
            let format = reader.strip_prefix("read-").unwrap();
            targets::read(belie::source::reader::by_name(format).unwrap().name(), bytes);
        }
    }
}

#[test]
fn changed_files_break_nothing() {
    let corpora = corpora();
    let mut drawn = Drawn(0x2545_f491);
    for (target, name, bytes) in &corpora {
        let times = if matches!(target.as_str(), "rules" | "config") { MANY } else { TIMES };
        for n in 0..times {
            let (_, _, other) = &corpora[drawn.below(corpora.len())];
            let changed = changed(&mut drawn, bytes, other);
            let ended = std::panic::catch_unwind(|| run(target, &changed));
            if ended.is_err() {
                let kept = std::env::temp_dir().join(format!("belie-{target}-{n}"));
                fs::write(&kept, &changed).unwrap();
                panic!("{target}: {name}, changed for the {n}. time; kept as {}", kept.display());
            }
        }
    }
}

/// `cargo test --test suite write_corpora -- --ignored`
#[test]
#[ignore = "writes files for cargo fuzz"]
fn write_corpora() {
    for (target, name, bytes) in corpora() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name.replace('/', "-")), bytes).unwrap();
    }
}

#[test]
fn every_target_has_a_corpus() {
    let corpora = corpora();
    let names = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets")).unwrap();
    for name in names.map(|n| n.unwrap().file_name().into_string().unwrap()) {
        let target = name.trim_end_matches(".rs").replace('_', "-");
        assert!(corpora.iter().any(|(own, _, _)| *own == target), "{target}");
    }
}
