//! Web archives: the pages that a crawler or a browser has kept, with the answers of their servers (ISO 28500).

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use super::{Input, Reader, ReaderOutput, member};
use crate::problem::{Level, Problem};
use crate::source::unpack::unpack;

/// Reads web archives.
pub(super) struct Warc;

/// Longest head of a record, and of an answer.
const HEAD: usize = 1 << 16;
/// Most header lines of an answer.
const LINES: usize = 128;

impl Reader for Warc {
    fn name(&self) -> &'static str {
        "warc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["warc"]
    }

    fn help(&self) -> &'static str {
        "web archives, also packed: every page that was answered in full is a document, with the address it was kept from"
    }

    fn knows(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"WARC/")
    }

    fn read(&self, input: Input<'_>, problems: &mut Vec<Problem>) -> Vec<ReaderOutput> {
        let (mut rest, mut number, mut out) = (input.bytes, 0, Vec::new());
        while let Some((record, behind)) = next(rest) {
            (rest, number) = (behind, number + 1);
            let Some(page) = page(&record) else { continue };
            if out.len() >= input.options.most_parts as usize {
                let message =
                    format!("holds more than {} pages, and the others were left out (--max-parts)", out.len());
                problems.push(Problem::new(Level::Warning, input.path, message));
                return out;
            }
            let part = format!("#{number}");
            let body = match page.packed {
                false => Ok(page.body.into_owned()),
                true => unpack(
                    &mut MultiGzDecoder::new(&*page.body),
                    Some(page.body.len() as u64),
                    input.unpacked,
                    input.options,
                ),
            };
            match body {
                Ok(body) => {
                    for mut read in member(&part, page.name, &body, input, problems) {
                        let address = record.field("WARC-Target-URI").filter(|url| url.starts_with("http"));
                        if let Some(address) = address.filter(|_| read.front.url.is_none()) {
                            read.front.url = Some(address.trim_matches(['<', '>']).to_owned());
                            read.front.stated_in.insert("url", "WARC-Target-URI".to_owned());
                        }
                        out.push(read);
                    }
                }
                Err(why) => {
                    let message = format!("{why}, and was left out");
                    problems.push(Problem::new(Level::Error, format!("{}{part}", input.path), message));
                }
            }
        }
        if !rest.trim_ascii().is_empty() {
            let message = format!("is damaged behind its record {number}, and the rest was left out");
            problems.push(Problem::new(Level::Error, input.path, message));
        } else if out.is_empty() && problems.is_empty() {
            problems.push(Problem::new(Level::Warning, input.path, "holds no page that can be read"));
        }
        out
    }
}

/// A record: its head and what it holds.
struct Record<'a> {
    head: Cow<'a, str>,
    block: &'a [u8],
}

impl Record<'_> {
    fn field(&self, name: &str) -> Option<&str> {
        let field = |line: &'_ &str| line.split_once(':').is_some_and(|(n, _)| n.trim().eq_ignore_ascii_case(name));
        self.head.lines().find(field)?.split_once(':').map(|(_, value)| value.trim())
    }
}

/// The first record, and what stands behind it.
fn next(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let bytes = bytes.trim_ascii_start();
    if !bytes.starts_with(b"WARC/") {
        return None;
    }
    let end = memchr::memmem::find(bytes.get(..bytes.len().min(HEAD))?, b"\r\n\r\n")?;
    let (head, rest) = (String::from_utf8_lossy(bytes.get(..end)?), bytes.get(end + 4..)?);
    let record = Record { head, block: b"" };
    let length: usize = record.field("Content-Length")?.parse().ok()?;
    let (block, behind) = rest.split_at_checked(length)?;
    Some((Record { block, ..record }, behind))
}

/// What a server has answered in full.
struct Page<'a> {
    /// A name whose extension says of what format it is.
    name: &'static str,
    body: Cow<'a, [u8]>,
    /// Whether it is packed by gzip.
    packed: bool,
}

fn page<'a>(record: &Record<'a>) -> Option<Page<'a>> {
    let kind = record.field("WARC-Type")?;
    if kind.eq_ignore_ascii_case("resource") {
        let name = named(record.field("Content-Type").unwrap_or_default())?;
        return Some(Page { name, body: record.block.into(), packed: false });
    }
    if !kind.eq_ignore_ascii_case("response") {
        return None;
    }
    let mut lines = [httparse::EMPTY_HEADER; LINES];
    let mut answer = httparse::Response::new(&mut lines);
    let httparse::Status::Complete(head) = answer.parse(record.block).ok()? else { return None };
    let field = |name: &str| {
        let line = answer.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(line.value).ok().map(str::trim)
    };
    if answer.code != Some(200) {
        return None;
    }
    let name = named(field("Content-Type").unwrap_or("text/html"))?;
    let body = record.block.get(head..)?;
    let chunked = field("Transfer-Encoding").is_some_and(|e| e.eq_ignore_ascii_case("chunked"));
    let body = if chunked { joined(body).map_or(Cow::Borrowed(body), Cow::Owned) } else { body.into() };
    let packed =
        field("Content-Encoding").is_some_and(|e| e.eq_ignore_ascii_case("gzip")) && body.starts_with(b"\x1f\x8b");
    Some(Page { name, body, packed })
}

/// A name for what a server says it has sent; `None` of pictures, scripts and styles.
fn named(kind: &str) -> Option<&'static str> {
    match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some("page.html"),
        "text/plain" => Some("page.txt"),
        "text/markdown" => Some("page.md"),
        "text/csv" => Some("page.csv"),
        "application/pdf" => Some("page.pdf"),
        "application/json" | "application/ld+json" => Some("page.json"),
        "application/rss+xml" | "application/atom+xml" | "application/xml" | "text/xml" => Some("page.xml"),
        _ => None,
    }
}

/// The body of an answer that was sent in pieces; `None` where it was not, whatever its head says: many archives keep it joined.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let httparse::Status::Complete((from, length)) = httparse::parse_chunk_size(rest).ok()? else { return None };
        let length = usize::try_from(length).ok()?;
        if length == 0 {
            return Some(out);
        }
        rest.get(from..)?.take(length as u64).read_to_end(&mut out).ok()?;
        rest = rest.get(from.checked_add(length)?.checked_add(2)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::reader::tests::read_with;

    fn record(kind: &str, url: &str, block: &str) -> String {
        let length = block.len();
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    }

    fn archive() -> String {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>The mill has three wheels.</p></html>";
        let pieces = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n4\r\nThe \r\n5\r\nweir.\r\n0\r\n\r\n";
        let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{1}PNG";
        let lost = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Not here.</p>";
        let mut all = record("warcinfo", "", "software: none");
        for (url, block) in [("mill", page), ("weir", pieces), ("p.png", picture), ("lost", lost)] {
            all += &record("request", url, "GET / HTTP/1.1\r\n\r\n");
            all += &record("response", &format!("https://weir.example/{url}"), block);
        }
        all
    }

    #[test]
    fn pages_with_their_addresses() {
        let mut problems = Vec::new();
        let read = read_with(&Warc, archive().as_bytes(), &mut problems);
        let found: Vec<_> =
            read.iter().map(|r| (&*r.part, r.text.trim(), r.front.url.as_deref().unwrap_or_default())).collect();
        let expected = [
            ("#3", "The mill has three wheels.", "https://weir.example/mill"),
            ("#5", "The weir.", "https://weir.example/weir"),
        ];
        assert_eq!(found, expected);
        assert_eq!(problems, []);
    }

    #[test]
    fn damaged_archives() {
        let all = archive();
        for cut in 0..all.len() {
            read_with(&Warc, &all.as_bytes()[..cut], &mut Vec::new());
        }
        let mut problems = Vec::new();
        assert!(
            read_with(&Warc, b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\nx", &mut problems).is_empty()
        );
        assert!(problems[0].message.contains("damaged"), "{problems:?}");
    }
}
