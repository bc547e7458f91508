//! What would unpack without bound is taken out of a file before it is read.
//!
//! Comes in: the bytes of a file. Goes out: the same bytes, in which the dictionaries of some streams are blank: of
//! those that unpack to more than is allowed, and of images, which nobody reads here. The library unpacks without
//! asking how much comes out, and whatever stands behind a dictionary may be unpacked, whether the file refers to it or
//! not; so each is looked at. What cannot be judged, as it is packed twice or how it is packed stands elsewhere, is
//! taken out as well.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::HEXLOWER;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as Words};

use crate::source::ReadOptions;
use crate::source::reader::Input;
use crate::source::unpack::unpack;

/// What a file may unpack to, all streams taken together: this, and so many times its own bytes.
const ROOM: u64 = 64 << 20;
const ROOM_RATIO: u64 = 100;
/// How many times its packed bytes a stream of deflate unpacks to at most, and one of run lengths.
const MOST_DEFLATE: u64 = 1032;
const MOST_RUN_LENGTH: u64 = 64;
/// Most dictionaries: these, and one for so many bytes of the file. Each may be taken for a page.
const DICTIONARIES: usize = 100_000;
const BYTES_A_DICTIONARY: usize = 20;
/// Widest row of what is packed row by row, in samples.
const WIDEST_ROW: i64 = 1 << 20;
/// How often an encrypted file may be changed.
const MOST_CHANGES: usize = 16;
/// How often what is left is looked at again.
const ROUNDS: usize = 4;
/// Codes of LZW: clear the table, end of the data, first of the table, one past the last.
const CLEAR: usize = 256;
const END: usize = 257;
const FIRST: usize = 258;
const FULL: usize = 4096;

/// The bytes of a file that can be read, and how many parts of it were taken out, images not counted.
///
/// # Errors
/// In words for a problem: the file cannot be read at all.
pub(super) fn screen(input: Input<'_>) -> Result<(Vec<u8>, usize), String> {
    let mut bytes = input.bytes.to_vec();
    let room = ROOM.saturating_add((bytes.len() as u64).saturating_mul(ROOM_RATIO));
    let left = input.options.most_unpacked.saturating_sub(input.unpacked.load(Ordering::Relaxed));
    let options = ReadOptions { most_unpacked: left.min(room), ..input.options.clone() };
    let mut taken_out = 0;
    for _ in 0..ROUNDS {
        let screen = Screen { options: &options, unpacked: AtomicU64::new(0), dictionaries: 0 };
        let (blank, used) = screen.look(&mut bytes)?;
        if blank.is_empty() {
            input.unpacked.fetch_add(used, Ordering::Relaxed);
            return Ok((bytes, taken_out));
        }
        for (range, image) in blank {
            taken_out += usize::from(!image);
            // What is between the brackets goes; the dictionary stays, and says nothing.
            if let Some(inside) = bytes.get_mut(range.start + 2..range.end.saturating_sub(2)) {
                inside.fill(b' ');
            }
        }
    }
    Err("holds too many parts that unpack to more than is allowed and was left out".to_owned())
}

/// A stream in a file.
struct Packed {
    dictionary: Range<usize>,
    data: Range<usize>,
    filters: Vec<Filter>,
    /// Whether it holds objects.
    objects: bool,
    /// Whether it is the table of objects: that is never encrypted.
    table: bool,
}

/// How a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Text(&'static str),
    Deflate,
    Lzw,
    RunLength,
    Image,
    Crypt,
}

struct Screen<'o> {
    options: &'o ReadOptions,
    unpacked: AtomicU64,
    dictionaries: usize,
}

/// How a file is encrypted: the dictionary that says so, and the first half of the id of the file.
type Lock = (Vec<u8>, Vec<u8>);
/// Dictionaries that are to be blank, each with whether it is that of an image.
type Blank = Vec<(Range<usize>, bool)>;

impl Screen<'_> {
    /// The dictionaries that are to be blank, each with whether it is that of an image; and what the others unpack to.
    fn look(mut self, bytes: &mut [u8]) -> Result<(Blank, u64), String> {
        forget_lengths(bytes);
        let most = DICTIONARIES + bytes.len() / BYTES_A_DICTIONARY;
        let ends: Vec<usize> = memchr::memmem::find_iter(bytes, b"endstream").collect();
        let (mut blank, mut streams, mut locks): (Blank, Vec<Packed>, BTreeSet<Lock>) = Default::default();
        for at in memchr::memmem::find_iter(bytes, b"<<").flat_map(|at| [at, at + 1]) {
            let Some(dict) = bytes.get(at..).filter(|b| b.starts_with(b"<<")).and_then(Dict::from_bytes) else {
                continue;
            };
            self.dictionaries += 1;
            let range = at..at + dict.data().len();
            if is_wide(&dict) || matches!(dict.get_raw::<Object<'_>>(b"Length"), Some(MaybeRef::Ref(_))) {
                blank.push((range, false));
                continue;
            }
            if dict.contains_key(b"Encrypt") {
                locks.insert(lock(bytes, &dict).ok_or("is encrypted in a way that cannot be read and was left out")?);
            }
            let Some(data) = data(bytes, range.end, &dict, &ends) else { continue };
            let image = dict.get::<Name<'_>>(b"Subtype").is_some_and(|name| name.as_ref() == b"Image");
            let objects = dict.contains_key(b"N") && dict.contains_key(b"First");
            match filters(&dict) {
                Some(filters) if filters.is_empty() && !objects => {}
                Some(filters) if !image => {
                    streams.push(Packed { dictionary: range, data, filters, objects, table: dict.contains_key(b"W") });
                }
                _ => blank.push((range, image)),
            }
        }
        let plain = if locks.is_empty() { Vec::new() } else { unlocked(bytes, locks, &streams)? };
        for (number, stream) in streams.iter().enumerate() {
            let own = bytes.get(stream.data.clone()).unwrap_or_default();
            let data = match plain.get(number) {
                Some(Some(plain)) => plain.as_slice(),
                Some(None) => &[],
                None => own,
            };
            // Nobody knows in which of the two ways the library reads a table that says that it is encrypted.
            let bounded =
                self.is_bounded(stream, data) && (!stream.table || plain.is_empty() || self.is_bounded(stream, own));
            if !bounded || plain.get(number).is_some_and(Option::is_none) {
                blank.push((stream.dictionary.clone(), false));
            }
        }
        if self.dictionaries > most {
            return Err(format!("holds more than {most} dictionaries, more than can be read, and was left out"));
        }
        Ok((blank, self.unpacked.into_inner()))
    }

    /// Whether a stream unpacks to no more than is allowed.
    fn is_bounded(&mut self, stream: &Packed, data: &[u8]) -> bool {
        let mut filters = stream.filters.as_slice();
        if let [Filter::Crypt, rest @ ..] = filters {
            filters = rest;
        }
        let mut text = None;
        while let [Filter::Text(name), rest @ ..] = filters {
            // The library stops where a filter fails.
            let Some(decoded) = as_text(name, text.as_deref().unwrap_or(data)) else { return true };
            (text, filters) = (Some(decoded), rest);
        }
        let data = text.as_deref().unwrap_or(data);
        let packed = data.len() as u64;
        let (first, rest) = match filters {
            [] => return !stream.objects || self.holds_objects(data),
            [first, rest @ ..] => (first, rest),
        };
        // Images are not unpacked; what is packed twice is not looked at further.
        if !rest.is_empty() && rest.first() != Some(&Filter::Image) {
            return false;
        }
        match first {
            Filter::Deflate => match self.inflated(data) {
                Some(objects) if stream.objects => objects.is_some_and(|o| self.holds_objects(&o)),
                inflated => inflated.is_some(),
            },
            _ if stream.objects => false,
            Filter::Lzw => self.takes(packed, lzw_length(data)),
            Filter::RunLength => self.takes(packed, packed.saturating_mul(MOST_RUN_LENGTH)),
            Filter::Image => true,
            Filter::Text(_) | Filter::Crypt => false,
        }
    }

    /// Counts what a stream unpacks to; whether that is allowed.
    fn takes(&self, packed: u64, length: u64) -> bool {
        let before = self.unpacked.fetch_add(length, Ordering::Relaxed);
        let dense = packed.saturating_mul(self.options.most_ratio).max(1 << 20);
        length <= dense && before.saturating_add(length) <= self.options.most_unpacked
    }

    /// What deflated data are, if that is allowed; nothing within of data that are damaged, but not too many in any
    /// case.
    fn inflated(&self, data: &[u8]) -> Option<Option<Vec<u8>>> {
        let mut from: [Box<dyn Read>; 2] = [Box::new(ZlibDecoder::new(data)), Box::new(DeflateDecoder::new(data))];
        for from in &mut from {
            match unpack(from, Some(data.len() as u64), &self.unpacked, self.options) {
                Ok(inflated) => return Some(Some(inflated)),
                Err(why) if !why.starts_with("is damaged") => return None,
                Err(_) => {}
            }
        }
        // The library has a third way, of which the length is not known.
        let most = (data.len() as u64).saturating_mul(MOST_DEFLATE);
        let before = self.unpacked.fetch_add(most, Ordering::Relaxed);
        (before.saturating_add(most) <= self.options.most_unpacked).then_some(None)
    }

    /// Whether what holds objects holds such as it may: no streams, of which nobody would see that they unpack without
    /// bound.
    fn holds_objects(&mut self, objects: &[u8]) -> bool {
        self.dictionaries += memchr::memmem::find_iter(objects, b"<<").count();
        let escaped = memchr::memchr(b'#', objects).is_some();
        let said = |words: &[u8]| memchr::memmem::find(objects, words).is_some();
        if !escaped && !said(b"Columns") && !said(b"stream") {
            return true;
        }
        let dictionaries = memchr::memmem::find_iter(objects, b"<<").flat_map(|at| [at, at + 1]);
        dictionaries.filter_map(|at| objects.get(at..).filter(|b| b.starts_with(b"<<"))).all(|from| {
            let Some(dict) = Dict::from_bytes(from) else { return true };
            !is_wide(&dict) && behind(from, dict.data().len()).is_none()
        })
    }
}

/// Takes out the lengths of streams that stand elsewhere: the library then reads up to the end that the stream has in
/// the file.
fn forget_lengths(bytes: &mut [u8]) {
    const KEY: &[u8] = b"/Length";
    let all: Vec<usize> = memchr::memmem::find_iter(bytes, KEY).collect();
    for at in all {
        let mut end = at + KEY.len();
        let mut skip = |is: fn(&u8) -> bool| {
            let length = bytes[end.min(bytes.len())..].iter().take_while(|b| is(b)).count();
            end += length;
            length > 0
        };
        let [blank, digit]: [fn(&u8) -> bool; 2] = [u8::is_ascii_whitespace, u8::is_ascii_digit];
        let reference = skip(blank) && skip(digit) && skip(blank) && skip(digit) && skip(blank);
        if reference && bytes.get(end) == Some(&b'R') {
            bytes[at..=end].fill(b' ');
        }
    }
}

/// Whether rows are said to be wider than any are, or it is not said here how wide they are.
fn is_wide(dict: &Dict<'_>) -> bool {
    match dict.get_raw::<Object<'_>>(b"Columns") {
        Some(MaybeRef::NotRef(Object::Number(columns))) => !(1..=WIDEST_ROW).contains(&columns.as_i64()),
        Some(MaybeRef::Ref(_)) => true,
        _ => false,
    }
}

/// Where the bytes of a stream begin behind its dictionary, which ends at `end`; `None` where no stream stands there.
fn behind(bytes: &[u8], end: usize) -> Option<usize> {
    let mut at = end;
    loop {
        at += blanks(bytes.get(at..)?);
        let rest = bytes.get(at..)?;
        if rest.first() != Some(&b'%') {
            break;
        }
        at += rest.iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count();
    }
    let rest = bytes.get(at..)?.strip_prefix(b"stream")?;
    let line = [&b"\n"[..], b"\r\n", b"\r"].into_iter().find(|line| rest.starts_with(line))?;
    Some(at + b"stream".len() + line.len())
}

/// How many bytes of white space come first.
fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_whitespace() || **b == 0).count()
}

/// The bytes of a stream: of the length that its dictionary gives, if it ends there, else up to its end.
fn data(bytes: &[u8], end: usize, dict: &Dict<'_>, ends: &[usize]) -> Option<Range<usize>> {
    let start = behind(bytes, end)?;
    let stated = dict.get::<u32>(b"Length").map(|length| start.saturating_add(length as usize));
    let ends_there = |at: &usize| bytes.get(*at..).is_some_and(|rest| rest[blanks(rest)..].starts_with(b"endstream"));
    let next = || ends.get(ends.partition_point(|at| *at < start)).copied();
    Some(start..stated.filter(ends_there).or_else(next)?)
}

/// How a stream is packed; `None` when that stands elsewhere.
fn filters(dict: &Dict<'_>) -> Option<Vec<Filter>> {
    let mut out = Vec::new();
    for key in ["F", "Filter"] {
        match dict.get_raw::<Object<'_>>(key) {
            Some(MaybeRef::Ref(_)) => return None,
            Some(MaybeRef::NotRef(Object::Name(name))) => return Some(filter(&name).into_iter().collect()),
            Some(MaybeRef::NotRef(Object::Array(all))) => {
                for name in all.raw_iter() {
                    let MaybeRef::NotRef(name) = name else { return None };
                    out.extend(name.into_name().and_then(|n| filter(&n)));
                }
            }
            _ => {}
        }
        // Where both are there, nobody knows which is meant.
        if !out.is_empty() && dict.contains_key(b"F") && dict.contains_key(b"Filter") {
            return None;
        }
    }
    Some(out)
}

fn filter(name: &Name<'_>) -> Option<Filter> {
    Some(match name.as_ref() {
        b"ASCIIHexDecode" | b"AHx" => Filter::Text("ASCIIHexDecode"),
        b"ASCII85Decode" | b"A85" => Filter::Text("ASCII85Decode"),
        b"LZWDecode" | b"LZW" => Filter::Lzw,
        b"FlateDecode" | b"Fl" => Filter::Deflate,
        b"RunLengthDecode" | b"RL" => Filter::RunLength,
        b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" | b"DCTDecode" | b"DCT" | b"JPXDecode" => Filter::Image,
        b"Crypt" => Filter::Crypt,
        _ => return None,
    })
}

/// Bytes that are written as text, by the library.
fn as_text(filter: &str, data: &[u8]) -> Option<Vec<u8>> {
    let mut stream = format!("<</Filter/{filter}/Length {}>>stream\n", data.len()).into_bytes();
    stream.extend_from_slice(data);
    stream.extend_from_slice(b"\nendstream");
    Some(Stream::from_bytes(&stream)?.decoded_data().ok()?.into_owned())
}

/// To how many bytes data packed with LZW unpack, counted as the library unpacks them, the table early or late.
fn lzw_length(data: &[u8]) -> u64 {
    [1, 0].map(|early| lzw_length_of(data, early)).into_iter().max().unwrap_or(0)
}

fn lzw_length_of(data: &[u8], early: usize) -> u64 {
    let mut lengths: Vec<u64> = vec![1; FIRST];
    let (mut before, mut out): (Option<usize>, u64) = (None, 0);
    let (mut held, mut bits) = (0u32, 0u32);
    let mut bytes = data.iter();
    loop {
        let width = match lengths.len() + early {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while bits < width {
            let Some(byte) = bytes.next() else { return out };
            (held, bits) = ((held << 8) | u32::from(*byte), bits + 8);
        }
        bits -= width;
        let code = (held >> bits) as usize;
        held &= (1 << bits) - 1;
        match code {
            CLEAR => (before, _) = (None, lengths.truncate(FIRST)),
            END => return out,
            code if code > lengths.len() || code == lengths.len() && before.is_none() => return out,
            code => {
                let longer = before.and_then(|b| lengths.get(b)).map(|length| length + 1);
                if let Some(longer) = longer.filter(|_| lengths.len() < FULL) {
                    lengths.push(longer);
                }
                let Some(length) = lengths.get(code) else { return out };
                (out, before) = (out + length, Some(code));
            }
        }
    }
}

/// How a file is encrypted, as its trailer has it.
fn lock(bytes: &[u8], trailer: &Dict<'_>) -> Option<Lock> {
    let id = trailer.get::<Array<'_>>(b"ID").and_then(|all| all.flex_iter().next::<Words<'_>>());
    let id = id.map(|id| id.to_vec()).unwrap_or_default();
    let dict = match trailer.get_raw::<Dict<'_>>(b"Encrypt")? {
        MaybeRef::NotRef(dict) => dict.data().to_vec(),
        MaybeRef::Ref(reference) => {
            let name = ObjectIdentifier::from(reference);
            let all = memchr::memmem::find_iter(bytes, b"obj").filter(|at| named(bytes, at + 3) == Some(name));
            let dicts =
                all.filter_map(|at| Some(Dict::from_bytes(bytes.get(at + 3..)?.trim_ascii_start())?.data().to_vec()));
            let dicts: BTreeSet<Vec<u8>> = dicts.collect();
            Some(dicts).filter(|all| all.len() == 1)?.into_iter().next()?
        }
    };
    Some((dict, id))
}

/// The number by which an object is named in front of it: `12 0 obj`.
fn named(bytes: &[u8], at: usize) -> Option<ObjectIdentifier> {
    let before = bytes.get(at.saturating_sub(40)..at)?.trim_ascii_end().strip_suffix(b"obj")?.trim_ascii_end();
    let number = |text: &[u8]| {
        let from = text.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |at| at + 1);
        (text.get(from..).and_then(|n| std::str::from_utf8(n).ok()?.parse::<u32>().ok()), from)
    };
    let (generation, from) = number(before);
    let (object, _) = number(before.get(..from)?.trim_ascii_end());
    Some(ObjectIdentifier::new(object?, i32::try_from(generation?).ok()?))
}

/// The bytes of encrypted streams as they are, opened by the library with the empty password; nothing of one that has
/// no number.
fn unlocked(bytes: &[u8], locks: BTreeSet<Lock>, streams: &[Packed]) -> Result<Vec<Option<Vec<u8>>>, String> {
    let mut locks = locks.into_iter();
    let (Some((lock, id)), None) = (locks.next(), locks.next()) else {
        return Err("is encrypted in more than one way and was left out".to_owned());
    };
    let mut out: Vec<Option<Vec<u8>>> = vec![None; streams.len()];
    // One of each number at a time: a file that was changed may hold several.
    let mut rounds: Vec<BTreeMap<ObjectIdentifier, usize>> = vec![BTreeMap::new()];
    for (number, stream) in streams.iter().enumerate() {
        let Some(name) = named(bytes, stream.dictionary.start) else { continue };
        let free = rounds.iter().position(|round| !round.contains_key(&name));
        if let Some(round) = free.and_then(|at| rounds.get_mut(at)) {
            round.insert(name, number);
        } else if rounds.len() < MOST_CHANGES {
            rounds.push(BTreeMap::from([(name, number)]));
        }
    }
    for round in rounds {
        let data = |number: &usize| streams.get(*number).and_then(|s| bytes.get(s.data.clone())).unwrap_or_default();
        let objects: Vec<(ObjectIdentifier, &[u8])> =
            round.iter().map(|(name, number)| (*name, data(number))).collect();
        let file = Pdf::new(only(&objects, &lock, &id)).map_err(|e| super::refused(e).to_owned())?;
        for (name, number) in round {
            out[number] = file.xref().get::<Stream<'_>>(name).map(|stream| stream.raw_data().into_owned());
        }
    }
    Ok(out)
}

/// A file that holds some encrypted streams, and nothing else.
fn only(streams: &[(ObjectIdentifier, &[u8])], lock: &[u8], id: &[u8]) -> Vec<u8> {
    let free = streams.iter().map(|s| s.0.obj_number).max().unwrap_or(0).saturating_add(1);
    let mut out = b"%PDF-2.0\n".to_vec();
    let mut table = String::from("xref\n");
    let mut begin = |out: &mut Vec<u8>, name: ObjectIdentifier| {
        table.push_str(&format!("{} 1\n{:010} {:05} n \n", name.obj_number, out.len(), name.gen_number));
        out.extend_from_slice(format!("{} {} obj\n", name.obj_number, name.gen_number).as_bytes());
    };
    for (name, data) in streams {
        begin(&mut out, *name);
        out.extend_from_slice(format!("<</Length {}>>stream\n", data.len()).as_bytes());
        out.extend_from_slice(data);
        out.extend_from_slice(b"\nendstream\nendobj\n");
    }
    begin(&mut out, ObjectIdentifier::new(free, 0));
    out.extend_from_slice(format!("<</Type/Catalog/Pages {} 0 R>>\nendobj\n", free + 1).as_bytes());
    begin(&mut out, ObjectIdentifier::new(free + 1, 0));
    out.extend_from_slice(b"<</Type/Pages/Kids[]/Count 0>>\nendobj\n");
    let at = out.len();
    out.extend_from_slice(table.as_bytes());
    let id = HEXLOWER.encode(id);
    out.extend_from_slice(
        format!("trailer\n<</Size {}/Root {free} 0 R/ID[<{id}><{id}>]/Encrypt ", free + 2).as_bytes(),
    );
    out.extend_from_slice(lock);
    out.extend_from_slice(format!(">>\nstartxref\n{at}\n%%EOF\n").as_bytes());
    out
}
