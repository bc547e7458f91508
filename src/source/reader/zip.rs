//! Archives: every file in one that a reader takes is a document.

use super::{Input, Reader, ReaderOutput, by_extension, member};
use crate::problem::{Level, Problem};
use crate::source::unpack::{self, archive, holds};
use std::collections::BTreeMap;

/// Reads zip archives.
pub(super) struct Zip;

impl Reader for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["zip"]
    }

    fn help(&self) -> &'static str {
        "archives: every file in one that is of one of these formats, as a document of its own"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        // A document of an office is an archive as well, and no other document lies in it.
        (bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")) && !holds(bytes, "[Content_Types].xml")
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["docx", "epub", "odt", "xlsx"]
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let told = problems.len();
        let mut archive = match archive(input.bytes) {
            Ok(archive) => archive,
            Err(why) => {
                problems.push(Problem::new(Level::Error, input.path, format!("{why}, and was left out")));
                return Vec::new();
            }
        };
        // In the order of their names, as a folder is read.
        let mut names: Vec<(String, usize)> =
            (0..archive.len()).filter_map(|at| Some((archive.name_for_index(at)?.ok()?.into_owned(), at))).collect();
        names.sort();
        let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
        let mut out = Vec::new();
        for (name, at) in names.into_iter().filter(|(name, _)| !name.ends_with(['/', '\\'])) {
            let Some(name) = tidy(&name) else { continue };
            let extension = name.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map_or("", |(_, e)| e);
            if by_extension(extension).is_none() {
                *skipped.entry(extension.to_lowercase()).or_default() += 1;
                continue;
            }
            if out.len() >= input.options.most_parts as usize {
                let message =
                    format!("holds more than {} documents, and the others were left out (--max-parts)", out.len());
                problems.push(Problem::new(Level::Warning, input.path, message));
                break;
            }
            match unpack::member(&mut archive, at, input) {
                Ok(bytes) => out.extend(member(&format!("/{name}"), &name, &bytes, input, problems)),
                Err(why) => {
                    let message = format!("{why}, and was left out");
                    problems.push(Problem::new(Level::Error, format!("{}/{name}", input.path), message));
                }
            }
        }
        if !skipped.is_empty() {
            let named =
                |(e, n): (&String, &usize)| format!("{n} {}", if e.is_empty() { "without extension" } else { e });
            let kinds: Vec<String> = skipped.iter().take(KINDS).map(named).collect();
            let message =
                format!("{} of its files were skipped: {}", skipped.values().sum::<usize>(), kinds.join(", "));
            problems.push(Problem::new(Level::Note, input.path, message));
        }
        if out.is_empty() && problems.len() == told {
            let message = "holds no files to read, and was left out".to_owned();
            problems.push(Problem::new(Level::Warning, input.path, message));
        }
        out
    }
}

/// Most kinds of skipped files that are named.
const KINDS: usize = 8;

/// The name of a file below its archive, whatever it says; `None` of one that is hidden, as in a folder.
fn tidy(name: &str) -> Option<String> {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let parts: Vec<&str> = parts.collect();
    let hidden = parts.iter().any(|part| part.starts_with('.') || *part == "__MACOSX");
    (!hidden && !parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::packed::tests::archive;
    use crate::source::reader::tests::read_with;

    fn check(bytes: &[u8], documents: &[(&str, &str)], stated: &[&str]) {
        let mut problems = Vec::new();
        let read = read_with(&Zip, bytes, &mut problems);
        let found: Vec<(&str, &str)> = read.iter().map(|r| (r.part.as_str(), r.text.trim())).collect();
        assert_eq!(found, documents);
        for (problem, stated) in problems.iter().zip(stated) {
            assert!(problem.to_string().contains(stated), "{problem}");
        }
        assert_eq!(problems.len(), stated.len(), "{problems:?}");
    }

    #[test]
    fn every_file_is_a_document() {
        let inner = archive(&[("c.txt", b"Three mills.")]);
        let outer = archive(&[
            ("b.txt", b"Two mills."),
            ("a/page.html", b"<p>One <b>mill</b>.</p>"),
            ("x.png", b"\x89PNG"),
            ("inner.zip", &inner),
            ("__MACOSX/b.txt", b"no"),
            ("../../etc/d.txt", b"Four mills."),
        ]);
        let expected = [
            ("/etc/d.txt", "Four mills."),
            ("/a/page.html", "One mill."),
            ("/b.txt", "Two mills."),
            ("/inner.zip/c.txt", "Three mills."),
        ];
        check(&outer, &expected, &["1 of its files were skipped: 1 png"]);
    }

    #[test]
    fn an_archive_of_nothing_is_named() {
        for nothing in [archive(&[]), archive(&[("a/", b""), ("__MACOSX/b.txt", b"no"), (".c.txt", b"no")])] {
            check(&nothing, &[], &["holds no files to read, and was left out"]);
        }
    }

    #[test]
    fn what_unpacks_without_end() {
        let bomb = archive(&[("good.txt", b"A mill."), ("zeros.txt", &vec![b' '; 40 << 20])]);
        check(&bomb, &[("/good.txt", "A mill.")], &["x/zeros.txt: unpacks to more than 200 times its size"]);
        let mut nested = archive(&[("a.txt", b"A mill.")]);
        for _ in 0..70 {
            nested = archive(&[("a.zip", &nested)]);
        }
        check(&nested, &[], &["lies in more than 64 archives (--max-depth)"]);
    }

    #[test]
    fn damaged_archives() {
        let good = archive(&[("a.txt", b"A mill by the weir, and another one.")]);
        for cut in 1..good.len() {
            let mut problems = Vec::new();
            let read = read_with(&Zip, &good[..cut], &mut problems);
            assert!(read.is_empty() && !problems.is_empty(), "{cut}");
        }
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0xff;
            read_with(&Zip, &bad, &mut Vec::new());
        }
    }
}
