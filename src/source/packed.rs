//! The members of a document that is a zip archive.
//!
//! Comes in: the bytes of the archive. Goes out: the bytes of one member after the other, unpacked within the limits. Nothing
//! is written to disk, and no name of a member leads out of the archive.

use super::reader::{Input, ReaderOutput};
use super::unpack::{self, Archive};
use super::xml::{Kept, elements};
use crate::problem::{Level, Problem};
use crate::text::safe;

/// Most characters of the name of a member that a problem repeats.
const SHOWN: usize = 100;

/// An archive that is read from memory.
pub(super) struct Packed<'a, 'p> {
    pub(super) input: Input<'a>,
    zip: Archive<'a>,
    problems: &'p mut Vec<Problem>,
}

/// Reads the one document of a file of a format.
pub(super) fn read(
    input: Input<'_>,
    format: &str,
    problems: &mut Vec<Problem>,
    document: impl FnOnce(&mut Packed<'_, '_>) -> Result<ReaderOutput, Problem>,
) -> Vec<ReaderOutput> {
    let gone = |_| Err(refused(input, &format!("is no {format} file, or is damaged or cut off, and was left out")));
    let read = unpack::archive(input.bytes).map_or_else(gone, |zip| {
        let mut packed = Packed { input, zip, problems };
        if packed.zip.has_duplicate_names() {
            packed.tell("holds several members of one name, of which the last was read");
        }
        document(&mut packed)
    });
    read.map_err(|why| problems.push(why)).into_iter().collect()
}

/// The problem of a file of which nothing is read.
fn refused(input: Input<'_>, why: &str) -> Problem {
    Problem::new(Level::Error, input.path, why)
}

impl Packed<'_, '_> {
    /// Tells that something was left out.
    pub(super) fn tell(&mut self, why: &str) {
        self.problems.push(Problem::new(Level::Warning, self.input.path, why));
    }

    /// The problem of a file of which nothing is read.
    pub(super) fn refused(&self, why: &str) -> Problem {
        refused(self.input, why)
    }

    /// The problem of a file that says nothing.
    pub(super) fn empty(&self) -> Problem {
        Problem::new(Level::Warning, self.input.path, "holds no text and was left out")
    }

    /// Whether there is a member of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name_raw(name.as_bytes()).is_some()
    }

    /// The bytes of a member, or in words for a problem why there are none: it is missing, locked, damaged, or beyond a limit.
    fn member(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let named = |why: String| format!("{} {why}", quoted(name));
        let at = self.zip.index_for_name_raw(name.as_bytes()).ok_or_else(|| named("is missing".to_owned()))?;
        unpack::member(&mut self.zip, at, self.input).map_err(named)
    }

    /// The bytes of a member that has to be there.
    ///
    /// # Errors
    /// The problem, by which nothing is read.
    pub(super) fn needed(&mut self, name: &str) -> Result<Vec<u8>, Problem> {
        self.member(name).map_err(|why| self.refused(&format!("{why}, and nothing was read")))
    }

    /// The bytes of a member that is told of where it cannot be read.
    pub(super) fn wanted(&mut self, name: &str) -> Option<Vec<u8>> {
        self.member(name).map_err(|why| self.tell(&format!("{why}, and was left out"))).ok()
    }

    /// All elements of a small member that need not be there.
    pub(super) fn elements(&mut self, name: &str) -> Vec<Kept> {
        let bytes = self.has(name).then(|| self.wanted(name)).flatten();
        bytes.map(|bytes| self.kept(name, &bytes)).unwrap_or_default()
    }

    /// All elements of a small member, whose bytes are given.
    pub(super) fn kept(&mut self, name: &str, bytes: &[u8]) -> Vec<Kept> {
        let (read, why) = elements(bytes, self.input.options);
        self.left_out(name, &why);
        read
    }

    /// Tells what of a member was left out.
    pub(super) fn left_out(&mut self, name: &str, why: &[String]) {
        for why in why {
            self.tell(&format!("{} {why}", quoted(name)));
        }
    }
}

/// Whether bytes are an archive whose first member says that it is of a type, as those of books and OpenDocument do.
pub(super) fn is_of_type(bytes: &[u8], kind: &str) -> bool {
    // The name of the first member stands at byte 30, and behind it what it holds.
    let more = bytes.get(28..30).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    let named = bytes.starts_with(b"PK\x03\x04") && bytes.get(30..38) == Some(b"mimetype");
    named && bytes.get(38 + more..).is_some_and(|held| held.starts_with(kind.as_bytes()))
}

/// The name of a member as problems show it.
pub(super) fn quoted(name: &str) -> String {
    let short: String = name.chars().take(SHOWN).collect();
    format!("`{}{}`", safe(&short), if short.len() < name.len() { "…" } else { "" })
}

/// The name of the member that an address in another one leads to; `None` where it leads out of the archive.
pub(super) fn resolved(from: &str, address: &str) -> Option<String> {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || path.split('/').next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    let path = decoded(path)?;
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop().filter(|n| !n.is_empty())?),
            name => names.push(name),
        }
    }
    names.retain(|name| !name.is_empty());
    Some(names.join("/"))
}

/// A path with its bytes that are written as `%20`.
fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes().iter();
    while let Some(byte) = rest.next() {
        let digit = |c: Option<&u8>| c.and_then(|c| char::from(*c).to_digit(16));
        let ahead = rest.as_slice();
        match (*byte, digit(ahead.first()), digit(ahead.get(1))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                rest.nth(1);
            }
            _ => out.push(*byte),
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    /// An archive of members, the first of them stored as it is.
    pub(in crate::source) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (number, (name, bytes)) in members.iter().enumerate() {
            let method = if number == 0 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
            writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A thousand copies of bytes with some of them turned over, the same ones for the same seed.
    pub(in crate::source) fn damaged(good: &[u8], mut seed: u64) -> impl Iterator<Item = Vec<u8>> {
        (0..1000).map(move |round| {
            let mut bytes = good.to_vec();
            for _ in 0..1 + round % 4 {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let at = (seed >> 33) as usize % bytes.len();
                bytes[at] = [0, 0xff, (seed >> 17) as u8][round % 3];
            }
            bytes
        })
    }

    #[test]
    fn addresses_stay_within() {
        let check = |from, address, expected: Option<&str>| assert_eq!(resolved(from, address).as_deref(), expected);
        check("OEBPS/book.opf", "text/one%20a.xhtml#top", Some("OEBPS/text/one a.xhtml"));
        check("OEBPS/text/one.xhtml", "../two.xhtml", Some("OEBPS/two.xhtml"));
        check("OEBPS/book.opf", "/word/styles.xml", Some("word/styles.xml"));
        check("book.opf", "./one.xhtml", Some("one.xhtml"));
        check("OEBPS/book.opf", "../../etc/passwd", None);
        check("OEBPS/book.opf", "%2e%2e/%2e%2e/etc/passwd", None);
        check("book.opf", "https://weir.example/one.xhtml", None);
        check("book.opf", "%ff.xhtml", None);
        check("book.opf", "100%.xhtml", Some("100%.xhtml"));
    }
}
