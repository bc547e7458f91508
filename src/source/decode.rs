//! From the bytes of a text file to text.
//!
//! Comes in: bytes of any kind. Goes out: text with the way back to the bytes, or the reason why there is none.
//! Nothing is decoded in silence: every reading that is not plain UTF-8 leaves a note.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::offset::OffsetMap;
use crate::problem::{Level, Problem};
use crate::text::count_bytes;

/// Files and texts of this many bytes or more are refused: offsets are `u32`.
pub(super) const LIMIT: u64 = u32::MAX as u64;

/// What a file begins with when it is no text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a pdf file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
];

/// Decodes a file. `None` when it is empty, binary or too large; `problems` then holds the reason. `stated` is the encoding that
/// the file itself names, by which it is read where it is no UTF-8.
pub(super) fn decode(
    bytes: &[u8],
    stated: Option<&'static Encoding>,
    path: &str,
    problems: &mut Vec<Problem>,
) -> Option<(String, OffsetMap)> {
    let mut tell = |level, message: String| problems.push(Problem::new(level, path, message));
    if bytes.len() as u64 >= LIMIT {
        tell(Level::Error, "is 4 GiB or larger and was not read".into());
        return None;
    }
    if let Some(why) = no_text(bytes) {
        tell(Level::Error, why);
        return None;
    }
    let (text, map) = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes, "utf-16le", &mut tell),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes, "utf-16be", &mut tell),
        _ if is_binary(bytes) => {
            tell(Level::Error, "is binary and was left out".into());
            return None;
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, 3, stated, &mut tell),
        _ => utf8(bytes, 0, stated, &mut tell),
    };
    if text.len() as u64 >= LIMIT {
        tell(Level::Error, "is 4 GiB or larger when decoded and was not read".into());
        return None;
    }
    if text.contains('\0') {
        tell(Level::Error, "is binary and was left out".into());
        return None;
    }
    if text.trim().is_empty() {
        tell(Level::Warning, if text.is_empty() { "is empty" } else { "holds white space only" }.into());
        return None;
    }
    Some((text, map))
}

/// Why a file that begins like this is no text, as far as its beginning tells.
pub(super) fn no_text(head: &[u8]) -> Option<String> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(format!("looks like {what}, which cannot be read as text, and was left out"));
    }
    match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
            Some("is encoded in utf-32, which is not read, and was left out".to_owned())
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => None,
        _ => memchr::memchr(0, head).map(|_| "is binary and was left out".to_owned()),
    }
}

/// A NUL byte, or more than a third of control characters that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let control = count_bytes(bytes, |b| matches!(b, 0x01..=0x08 | 0x0e..=0x1f | 0x7f));
    control > bytes.len() / 3 || memchr::memchr(0, bytes).is_some()
}

/// UTF-8, also with a few broken bytes; anything else is handed to the guess.
fn utf8(
    bytes: &[u8],
    skipped: usize,
    stated: Option<&'static Encoding>,
    tell: &mut impl FnMut(Level, String),
) -> (String, OffsetMap) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), OffsetMap::shifted(skipped, text.len()));
    }
    // One stray byte must not turn every accent of a UTF-8 file into two wrong letters.
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if skipped == 0 && good < 4 * bad {
        return guess(bytes, stated, tell);
    }
    tell(Level::Warning, format!("holds {bad} broken utf-8 {}, shown as U+FFFD", plural(bad)));
    let mut text = String::with_capacity(bytes.len());
    let mut map = OffsetMap::starting_at(skipped);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.valid().is_empty() {
            map.push(chunk.valid().len(), chunk.valid().len(), (1, 1));
        }
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            map.push(3, chunk.invalid().len(), (3, chunk.invalid().len() as u32));
        }
    }
    (text, map)
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "sequence" } else { "sequences" }
}

fn guess(bytes: &[u8], stated: Option<&'static Encoding>, tell: &mut impl FnMut(Level, String)) -> (String, OffsetMap) {
    let guessed = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    };
    let encoding = stated.filter(|e| *e != encoding_rs::UTF_8).unwrap_or_else(guessed);
    tell(Level::Note, format!("is not utf-8; decoded as {}", encoding.name().to_ascii_lowercase()));
    let mut out = Builder::new(0, bytes.len());
    if encoding.is_single_byte() {
        single_bytes(bytes, encoding, &mut out);
    } else {
        many_bytes(bytes, encoding, &mut out);
    }
    (out.text, out.map)
}

/// Every byte is one character: a table of 256 decodes them all.
fn single_bytes(bytes: &[u8], encoding: &'static Encoding, out: &mut Builder) {
    let table: Vec<char> = (0..=255u8)
        .map(|b| encoding.decode_without_bom_handling(&[b]).0.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    for b in bytes {
        out.push(table[usize::from(*b)], 1);
    }
}

/// Feeds byte by byte, so that it is known which bytes a character came from. Of several characters at once each but
/// the last is taken for one byte: that is how a broken sequence before a plain character comes out.
fn many_bytes(bytes: &[u8], encoding: &'static Encoding, out: &mut Builder) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0u8; 64];
    let mut pending = 0;
    for (i, b) in bytes.iter().enumerate() {
        pending += 1;
        let last = i + 1 == bytes.len();
        let (_, _, written, _) = decoder.decode_to_utf8(std::slice::from_ref(b), &mut buffer, last);
        let decoded = std::str::from_utf8(&buffer[..written]).unwrap_or_default();
        let count = decoded.chars().count();
        for (k, c) in decoded.chars().enumerate() {
            let width = if k + 1 == count { pending } else { usize::min(1, pending) };
            out.push(c, width);
            pending -= width;
        }
    }
}

fn utf16(
    bytes: &[u8],
    unit: fn([u8; 2]) -> u16,
    name: &str,
    tell: &mut impl FnMut(Level, String),
) -> (String, OffsetMap) {
    let mut out = Builder::new(2, bytes.len());
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut broken = odd.len();
    for c in char::decode_utf16(pairs.iter().map(|p| unit(*p))) {
        broken += usize::from(c.is_err());
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        out.push(c, 2 * c.len_utf16());
    }
    if !odd.is_empty() {
        out.push(char::REPLACEMENT_CHARACTER, 1);
    }
    tell(Level::Note, format!("is not utf-8; decoded as {name}"));
    if broken > 0 {
        tell(Level::Warning, format!("holds {broken} broken {name} {}, shown as U+FFFD", plural(broken)));
    }
    (out.text, out.map)
}

struct Builder {
    text: String,
    map: OffsetMap,
}

impl Builder {
    fn new(skipped: usize, capacity: usize) -> Self {
        Builder { text: String::with_capacity(capacity), map: OffsetMap::starting_at(skipped) }
    }

    fn push(&mut self, c: char, file: usize) {
        self.text.push(c);
        self.map.push(c.len_utf8(), file, (c.len_utf8() as u32, file as u32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, messages, and for each of `words` the bytes of the file under it.
    fn check(bytes: &[u8], expected: Option<&str>, messages: &[&str], words: &[(&str, &[u8])]) {
        let mut problems = Vec::new();
        let decoded = decode(bytes, None, "x", &mut problems);
        assert_eq!(decoded.as_ref().map(|(text, _)| text.as_str()), expected);
        assert_eq!(problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>(), messages);
        let Some((text, map)) = decoded else { return };
        for (word, under) in words {
            let at = text.find(word).unwrap();
            let (start, end) = (map.to_file(at as u32) as usize, map.to_file((at + word.len()) as u32) as usize);
            assert_eq!(&bytes[start..end], *under);
        }
    }

    #[test]
    fn utf8_and_its_mark() {
        check("Zoë paid €5".as_bytes(), Some("Zoë paid €5"), &[], &[("€5", "€5".as_bytes())]);
        check(b"\xef\xbb\xbfZo\xc3\xab paid", Some("Zoë paid"), &[], &[("Zoë", b"Zo\xc3\xab"), ("paid", b"paid")]);
        assert!(OffsetMap::shifted(0, 9).is_identity() && !OffsetMap::shifted(3, 9).is_identity());
    }

    #[test]
    fn nothing_to_read() {
        check(b"", None, &["is empty"], &[]);
        check(b"\xef\xbb\xbf", None, &["is empty"], &[]);
        check(b" \r\n\t", None, &["holds white space only"], &[]);
    }

    #[test]
    fn other_encodings_are_named() {
        let note = "is not utf-8; decoded as windows-1252";
        let bytes =
            b"The caf\xe9 on the quay \x96 cr\xe8me br\xfbl\xe9e at \x805 \x96 reopened, \x93at last\x94, he said";
        let text = "The café on the quay – crème brûlée at €5 – reopened, “at last”, he said";
        check(bytes, Some(text), &[note], &[("café", b"caf\xe9"), ("€5", b"\x805"), ("“at last”", b"\x93at last\x94")]);
        let le: Vec<u8> = [0xff, 0xfe].into_iter().chain("a€𝄞b".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        check(&le, Some("a€𝄞b"), &["is not utf-8; decoded as utf-16le"], &[("b", b"b\0"), ("€", b"\xac\x20")]);
        check(b"\xfe\xff\0a\0b", Some("ab"), &["is not utf-8; decoded as utf-16be"], &[("b", b"\0b")]);
        let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("東京の人口は約千四百万人です。2026年の調査による。");
        let decoded = "東京の人口は約千四百万人です。2026年の調査による。";
        check(&sjis, Some(decoded), &["is not utf-8; decoded as shift_jis"], &[("2026", b"2026"), ("東", b"\x93\x8c")]);
    }

    #[test]
    fn broken_bytes_cost_themselves_only() {
        let bytes = "Zoë, André, Søren, Jürgen\u{2019}s caf".bytes().chain([0xff]).chain(*b" ok").collect::<Vec<_>>();
        let text = "Zoë, André, Søren, Jürgen’s caf\u{fffd} ok";
        check(
            &bytes,
            Some(text),
            &["holds 1 broken utf-8 sequence, shown as U+FFFD"],
            &[("\u{fffd}", b"\xff"), ("ok", b"ok")],
        );
        let odd = b"\xff\xfea\0b\0c";
        let stated = ["is not utf-8; decoded as utf-16le", "holds 1 broken utf-16le sequence, shown as U+FFFD"];
        check(odd, Some("ab\u{fffd}"), &stated, &[("\u{fffd}", b"c")]);
    }

    #[test]
    fn binary_is_refused() {
        check(b"ab\0cd", None, &["is binary and was left out"], &[]);
        check(b"\x01\x02\x03\x04ab", None, &["is binary and was left out"], &[]);
        check(
            b"\xff\xfe\0\xd8a\0\0\0",
            None,
            &[
                "is not utf-8; decoded as utf-16le",
                "holds 1 broken utf-16le sequence, shown as U+FFFD",
                "is binary and was left out",
            ],
            &[],
        );
        check(b"%PDF-1.7 x", None, &["looks like a pdf file, which cannot be read as text, and was left out"], &[]);
        check(b"a\x0cb\x1b[1mc", Some("a\x0cb\x1b[1mc"), &[], &[]);
    }
}
