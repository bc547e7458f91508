//! The words of a page and where they stand, from the operators that draw it.
//!
//! Comes in: a page. Goes out: runs of characters that stand close to one another on a line, with their places. Nothing
//! is drawn; images, lines and colours are passed over.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::kurbo::{Affine, Vec2};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, ObjRef, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::stated::text_string;

/// How deep forms, which are drawings within drawings, may lie in one another.
const DEEPEST_FORM: u32 = 16;
/// Most states of drawing that are kept to be gone back to.
const MOST_STATES: usize = 512;
/// Most marks that may be open around a piece of text.
const MOST_MARKS: usize = 512;
/// Most operators of a document; a page of text has some thousands.
const MOST_OPERATORS: u64 = 40_000_000;
/// Most bytes of the operators of a document, counted every time that they are drawn.
const MOST_CONTENT: usize = 1 << 30;
/// Most bytes of the operators of one page, or of one form.
const MOST_AT_ONCE: usize = 64 << 20;
/// Most runs of a page.
const MOST_RUNS: usize = 400_000;
/// Most bytes of text of a document.
const MOST_WORDS: usize = 32 << 20;
/// Most parts of lines of a document.
const MOST_PARTS: usize = 600_000;
/// Most bytes that a font may say that one of its characters means.
const LONGEST_CHARACTER: usize = 64;
/// Characters that are further apart are not of one run, in heights of the font.
const APART: f64 = 0.12;
/// Most bytes of a table by which a font says what its characters mean.
const MOST_MEANINGS: usize = 4 << 20;
/// Most bytes of a font.
const MOST_FONT: usize = 64 << 20;
/// Fonts that weigh more together are not kept.
const MOST_KEPT: usize = 96 << 20;
/// Most codes of a font that are given a width in ranges; it has 65,536 codes.
const MOST_WIDTHS: u32 = 1 << 18;
/// Highest code of a character of a simple font.
const HIGHEST_SIMPLE: u64 = 255;
/// How far text may lean out of the horizontal or vertical, as the sine of the angle: what leans more is a watermark.
const LEANING: f64 = 0.1;

/// Characters close to one another on a line.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// Where it begins, where its last character ends, and its base line; to the right and upwards, in points.
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) base: f64,
    /// Height of the font in points.
    pub(super) size: f64,
    pub(super) bold: bool,
    /// Whether the page says that it is no part of its text.
    pub(super) artifact: bool,
    /// Quarters of a turn to the left in which it runs.
    pub(super) turn: u8,
    pub(super) words: String,
    /// Whether a space was drawn behind it.
    pub(super) spaced: bool,
    /// Where the character behind it would stand.
    next: f64,
}

/// What a document may still cost.
#[derive(Debug)]
pub(super) struct Budget {
    operators: u64,
    content: usize,
    words: usize,
    parts: usize,
    /// Characters of which the file does not say what they mean.
    pub(super) unknown: usize,
}

impl Budget {
    pub(super) fn new() -> Budget {
        Budget { operators: MOST_OPERATORS, content: MOST_CONTENT, words: MOST_WORDS, parts: MOST_PARTS, unknown: 0 }
    }

    /// Takes so many parts of lines.
    pub(super) fn keep(&mut self, parts: usize) {
        self.parts = self.parts.saturating_sub(parts);
    }

    /// Whether nothing more can be read.
    pub(super) fn is_spent(&self) -> bool {
        self.operators == 0 || self.content == 0 || self.words == 0 || self.parts == 0
    }
}

/// The runs of a page in the order in which it draws them.
pub(super) fn runs<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, budget: &mut Budget) -> Vec<Run> {
    let content = content(page.raw(), budget);
    let mut drawer = Drawer { fonts, budget, runs: Vec::new(), marks: Vec::new() };
    let upright = Affine::new(page.initial_transform(false).as_coeffs());
    drawer.draw(&content, page.resources(), State::new(upright), 0);
    drawer.runs
}

/// The operators of a page, which may lie in several streams.
fn content(page: &Dict<'_>, budget: &mut Budget) -> Vec<u8> {
    let one = page.get::<Stream<'_>>(b"Contents");
    let many = page.get::<Array<'_>>(b"Contents").filter(|_| one.is_none());
    let mut out = Vec::new();
    for stream in one.into_iter().chain(many.into_iter().flat_map(|all| all.iter::<Stream<'_>>())) {
        if out.len() > MOST_AT_ONCE || budget.is_spent() {
            break;
        }
        if let Ok(decoded) = stream.decoded_data() {
            budget.content = budget.content.saturating_sub(decoded.len());
            out.extend_from_slice(&decoded);
            out.push(b'\n');
        }
    }
    out
}

/// A font.
#[derive(Clone)]
struct Face<'a> {
    font: Font<'a>,
    bold: bool,
    /// What those of its characters mean that were asked for; `None` where the file does not say.
    meanings: Rc<RefCell<HashMap<u32, Option<Rc<str>>>>>,
}

impl<'a> Face<'a> {
    fn new(font: Font<'a>, bold: bool) -> Face<'a> {
        Face { font, bold, meanings: Rc::default() }
    }

    /// What a character means, as texts have it.
    fn meaning(&self, code: u32, taken: usize) -> Option<Rc<str>> {
        if let Some(known) = self.meanings.borrow().get(&code) {
            return known.clone();
        }
        let meant = self.stated(code, taken).map(Rc::from);
        self.meanings.borrow_mut().insert(code, meant.clone());
        meant
    }

    fn stated(&self, code: u32, taken: usize) -> Option<String> {
        let stated = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let mut out = String::new();
        match stated {
            Some(BfString::Char(c)) => written(c, &mut out),
            Some(BfString::String(all)) if all.len() <= LONGEST_CHARACTER => {
                all.chars().for_each(|c| written(c, &mut out))
            }
            Some(BfString::String(_)) => {}
            // Most fonts that say nothing have kept the codes of ASCII.
            None => out.push(char::from_u32(code).filter(|c| taken == 1 && matches!(c, ' '..='~'))?),
        }
        Some(out)
    }
}

/// The fonts of a document, each of which is read once, unless they are too many to keep.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    known: HashMap<ObjRef, Option<Face<'a>>>,
    weight: usize,
    standard: FontResolverFn,
    tables: CMapResolverFn,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Fonts<'a> {
        Fonts {
            cache: FontCache::new(),
            known: HashMap::new(),
            weight: 0,
            standard: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(font) => Some(font.pick_standard_font().get_font_data()),
            }),
            tables: Arc::new(|_| None),
        }
    }

    fn named(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Option<Face<'a>> {
        let reference = resources.fonts.get_ref(name.as_ref());
        if let Some(known) = reference.and_then(|r| self.known.get(&r)) {
            return known.clone();
        }
        let read = resources.fonts.get::<Dict<'a>>(name.as_ref()).and_then(|font| self.read(&font));
        if let Some(reference) = reference {
            self.known.insert(reference, read.clone());
        }
        read
    }

    fn read(&mut self, dict: &Dict<'a>) -> Option<Face<'a>> {
        self.weight += weight(dict)?;
        if self.weight > MOST_KEPT {
            (self.cache, self.weight) = (FontCache::new(), 0);
            self.known.clear();
        }
        let font = self.cache.font(dict, &self.standard, &self.tables)?;
        let name = dict.get::<Name<'_>>(b"BaseFont");
        let bold =
            name.is_some_and(|n| ["Bold", "bold", "Black", "Heavy", "Semibold"].iter().any(|b| n.as_str().contains(b)));
        Some(Face::new(font, bold))
    }

    /// A font for what is drawn in one that cannot be read.
    fn other(&mut self) -> Option<Face<'a>> {
        Some(Face::new(self.cache.standard_font(StandardFont::Helvetica, &self.standard)?, false))
    }
}

/// Bytes that a font takes, roughly; `None` of one that is not to be read, since it would take more than any font does.
fn weight(font: &Dict<'_>) -> Option<usize> {
    let inner = font.get::<Array<'_>>(b"DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
    let mut weight = 1 << 16;
    for (dict, key) in [(Some(font), "ToUnicode"), (Some(font), "Encoding"), (inner.as_ref(), "CIDToGIDMap")] {
        let stream = dict.and_then(|d| d.get::<Stream<'_>>(key));
        let length = stream.and_then(|s| s.decoded_data().ok()).map_or(0, |data| data.len());
        // An entry takes some times of the bytes in which it is written.
        weight += Some(length).filter(|l| *l <= MOST_MEANINGS)? * 4;
    }
    for dict in [Some(font), inner.as_ref()].into_iter().flatten() {
        let descriptor = dict.get::<Dict<'_>>(b"FontDescriptor").unwrap_or_default();
        for key in ["FontFile", "FontFile2", "FontFile3"] {
            let program = descriptor.get::<Stream<'_>>(key).and_then(|s| s.decoded_data().ok());
            weight += Some(program.map_or(0, |data| data.len())).filter(|l| *l <= MOST_FONT)?;
        }
        for key in ["FirstChar", "LastChar"] {
            Some(dict.get::<Object<'_>>(key).map_or(0, |code| whole(&code))).filter(|code| *code <= HIGHEST_SIMPLE)?;
        }
        for (key, numbers) in [("W", 1), ("W2", 3)] {
            dict.get::<Array<'_>>(key).is_none_or(|widths| is_bounded(&widths, numbers)).then_some(())?;
        }
    }
    Some(weight)
}

/// A number as a whole one; what is none, or less than nothing, is 0.
fn whole(object: &Object<'_>) -> u64 {
    if let Object::Number(number) = object { u64::try_from(number.as_i64()).unwrap_or(0) } else { 0 }
}

/// Whether the ranges of the widths of a composite font are those of its codes.
fn is_bounded(widths: &Array<'_>, numbers: usize) -> bool {
    let (mut rest, mut codes) = (widths.flex_iter(), 0u32);
    loop {
        if rest.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let range = match numbers {
            1 => rest.next::<(u32, u32, f32)>().map(|r| (r.0, r.1)),
            _ => rest.next::<(u32, u32, f32, f32, f32)>().map(|r| (r.0, r.1)),
        };
        let Some((first, last)) = range else { return true };
        codes = codes.saturating_add(last.saturating_sub(first));
        if codes > MOST_WIDTHS {
            return false;
        }
    }
}

/// How text is drawn.
#[derive(Clone)]
struct State<'a> {
    /// From the page's own places to those of the reader.
    place: Affine,
    face: Option<Face<'a>>,
    size: f64,
    /// Space behind each character, and behind each space besides.
    spacing: f64,
    word_spacing: f64,
    /// How wide characters are, against how they are made.
    width: f64,
    leading: f64,
    rise: f64,
}

impl State<'_> {
    fn new(place: Affine) -> Self {
        State { place, face: None, size: 0.0, spacing: 0.0, word_spacing: 0.0, width: 1.0, leading: 0.0, rise: 0.0 }
    }
}

/// A mark around pieces of text.
struct Mark {
    /// Whether what is in it is no part of the text: the number of a page, a rule.
    artifact: bool,
    /// What is in it, in words, where these differ from the characters drawn; empty once it was written.
    actual: Option<String>,
}

struct Drawer<'a, 'd> {
    fonts: &'d mut Fonts<'a>,
    budget: &'d mut Budget,
    runs: Vec<Run>,
    marks: Vec<Mark>,
}

impl<'a> Drawer<'a, '_> {
    fn draw(&mut self, content: &[u8], resources: &Resources<'a>, mut state: State<'a>, depth: u32) {
        let mut saved: Vec<State<'a>> = Vec::new();
        let (mut here, mut line) = (Affine::IDENTITY, Affine::IDENTITY);
        let marks = self.marks.len();
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.budget.operators = self.budget.operators.saturating_sub(1);
            if self.budget.is_spent() || self.runs.len() > MOST_RUNS {
                break;
            }
            let mut next_line = |x: f64, y: f64| {
                line *= Affine::translate((x, y));
                line
            };
            match operator {
                TypedInstruction::SaveState(_) if saved.len() < MOST_STATES => saved.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = saved.pop().unwrap_or(state),
                TypedInstruction::Transform(t) => {
                    state.place *= Affine::new([t.0, t.1, t.2, t.3, t.4, t.5].map(|n| n.as_f64()));
                }
                TypedInstruction::BeginText(_) => (here, line) = (Affine::IDENTITY, Affine::IDENTITY),
                TypedInstruction::CharacterSpacing(n) => state.spacing = n.0.as_f64(),
                TypedInstruction::WordSpacing(n) => state.word_spacing = n.0.as_f64(),
                TypedInstruction::HorizontalScaling(n) => state.width = n.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(n) => state.leading = n.0.as_f64(),
                TypedInstruction::TextRise(n) => state.rise = n.0.as_f64(),
                TypedInstruction::TextFont(font) => {
                    state.face = self.fonts.named(font.0, resources);
                    state.size = font.1.as_f64();
                }
                TypedInstruction::SetTextMatrix(m) => {
                    line = Affine::new([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64()));
                    here = line;
                }
                TypedInstruction::NextLine(n) => here = next_line(n.0.as_f64(), n.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(n) => {
                    state.leading = -n.1.as_f64();
                    here = next_line(n.0.as_f64(), n.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => here = next_line(0.0, -state.leading),
                TypedInstruction::ShowText(words) => self.show(words.0.as_bytes(), &state, &mut here),
                TypedInstruction::NextLineAndShowText(words) => {
                    here = next_line(0.0, -state.leading);
                    self.show(words.0.as_bytes(), &state, &mut here);
                }
                TypedInstruction::ShowTextWithParameters(words) => {
                    (state.word_spacing, state.spacing) = (words.0.as_f64(), words.1.as_f64());
                    here = next_line(0.0, -state.leading);
                    self.show(words.2.as_bytes(), &state, &mut here);
                }
                TypedInstruction::ShowTexts(all) => {
                    for part in all.0.iter::<Object<'_>>() {
                        match part {
                            Object::String(words) => self.show(words.as_bytes(), &state, &mut here),
                            Object::Number(back) => {
                                let back = -back.as_f64() / 1000.0 * state.size;
                                let level = state.face.as_ref().is_none_or(|f| f.font.is_horizontal());
                                here *= Affine::translate(if level { (back * state.width, 0.0) } else { (0.0, back) });
                            }
                            _ => {}
                        }
                    }
                }
                TypedInstruction::XObject(name) if depth < DEEPEST_FORM => self.form(name.0, resources, &state, depth),
                TypedInstruction::BeginMarkedContent(tag) => self.mark(tag.0, None),
                TypedInstruction::BeginMarkedContentWithProperties(tag) => {
                    let named = |name: &Name<'_>| resources.properties.get::<Dict<'_>>(name.as_ref());
                    match &tag.1 {
                        Object::Dict(dict) => self.mark(tag.0, Some(dict)),
                        Object::Name(name) => self.mark(tag.0, named(name).as_ref()),
                        _ => self.mark(tag.0, None),
                    }
                }
                TypedInstruction::EndMarkedContent(_) if self.marks.len() > marks => drop(self.marks.pop()),
                _ => {}
            }
        }
        self.marks.truncate(marks);
    }

    /// Draws another drawing.
    fn form(&mut self, name: &Name<'_>, resources: &Resources<'a>, state: &State<'a>, depth: u32) {
        let Some(form) = resources.get_x_object(name) else { return };
        let dict = form.dict();
        if dict.get::<Name<'_>>(b"Subtype").is_none_or(|kind| kind.as_ref() != b"Form") {
            return;
        }
        let Ok(content) = form.decoded_data() else { return };
        self.budget.content = self.budget.content.saturating_sub(content.len().max(1));
        let matrix = dict.get::<[f64; 6]>(b"Matrix").map_or(Affine::IDENTITY, Affine::new);
        let own = dict.get::<Dict<'a>>(b"Resources").map(Resources::new);
        let state = State { place: state.place * matrix, ..state.clone() };
        if content.len() <= MOST_AT_ONCE {
            self.draw(&content, own.as_ref().unwrap_or(resources), state, depth + 1);
        }
    }

    fn mark(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>) {
        if self.marks.len() >= MOST_MARKS {
            return;
        }
        let actual = properties.and_then(|p| p.get::<hayro_syntax::object::String<'_>>(b"ActualText"));
        let actual = actual.map(|words| text_string(words.as_bytes()));
        let outer = self.marks.last();
        let artifact = tag.as_ref() == b"Artifact" || outer.is_some_and(|m| m.artifact);
        // What a mark around this one has said in words is said.
        let actual = actual.or_else(|| outer.and_then(|m| m.actual.as_ref()).map(|_| String::new()));
        self.marks.push(Mark { artifact, actual });
    }

    /// Draws a string of characters, and goes on behind it.
    fn show(&mut self, bytes: &[u8], state: &State<'a>, here: &mut Affine) {
        let other = if state.face.is_none() && bytes.iter().all(|b| matches!(b, b' '..=b'~')) {
            self.fonts.other()
        } else {
            None
        };
        let Some(face) = state.face.as_ref().or(other.as_ref()) else {
            self.budget.unknown += bytes.len();
            return;
        };
        let Face { font, bold, .. } = face;
        let mut at = 0;
        while at < bytes.len() {
            let (code, taken) = font.read_code(bytes, at);
            at += taken.max(1);
            let advance = font.code_advance(code) / 1000.0 * state.size;
            let space = state.spacing + if code == 32 && taken == 1 { state.word_spacing } else { 0.0 };
            let step = if font.is_horizontal() {
                Vec2::new((advance.x + space) * state.width, 0.0)
            } else {
                Vec2::new(0.0, advance.y + space)
            };
            let drawn = state.place * *here * Affine::translate((0.0, state.rise));
            let actual = self.marks.last_mut().and_then(|m| m.actual.as_mut()).map(std::mem::take);
            let meant = if actual.is_none() { face.meaning(code, taken) } else { None };
            self.budget.unknown += usize::from(actual.is_none() && meant.is_none());
            let words = actual.as_deref().or(meant.as_deref()).unwrap_or("\u{fffd}");
            self.add(drawn, step, state.size, *bold, words);
            *here *= Affine::translate(step);
        }
    }

    /// Adds a character to the run that it stands behind, or to a new one.
    fn add(&mut self, drawn: Affine, step: Vec2, size: f64, bold: bool, words: &str) {
        let [right_x, right_y, up_x, up_y, x, y] = drawn.as_coeffs();
        let length = right_x.hypot(right_y);
        let size = size.abs() * up_x.hypot(up_y);
        let (cosine, sine) = (right_x / length, right_y / length);
        if !(x.is_finite() && y.is_finite() && size.is_finite() && size > 0.0 && cosine.is_finite() && sine.is_finite())
        {
            return;
        }
        let turn = match (cosine, sine) {
            _ if sine.abs() < LEANING => {
                if cosine > 0.0 {
                    0
                } else {
                    2
                }
            }
            _ if cosine.abs() < LEANING => {
                if sine > 0.0 {
                    1
                } else {
                    3
                }
            }
            _ => return,
        };
        let (start, base) = turned(turn, x, y);
        let next = start + step.x * length;
        let artifact = self.marks.last().is_some_and(|m| m.artifact);
        let close = |run: &&mut Run| {
            let same = run.turn == turn
                && run.artifact == artifact
                && run.bold == bold
                && (run.size - size).abs() < size * 0.02;
            same && (run.base - base).abs() < size * 0.05 && (run.next - start).abs() < size * APART
        };
        let blank = words.chars().all(char::is_whitespace);
        let last = self.runs.last_mut().filter(close);
        self.budget.words = self.budget.words.saturating_sub(words.len());
        match last {
            Some(run) if words.is_empty() => run.next = next,
            Some(run) if blank => (run.next, run.spaced) = (next, true),
            Some(run) => {
                if std::mem::take(&mut run.spaced) {
                    run.words.push(' ');
                }
                run.words.push_str(words);
                (run.end, run.next) = (next, next);
            }
            None if blank => {}
            None => {
                let words = words.to_owned();
                self.runs.push(Run { start, end: next, base, size, bold, artifact, turn, words, spaced: false, next });
            }
        }
    }
}

/// Where a place lies when the page is turned so that text which runs in some quarters of a turn is level.
pub(super) fn turned(turn: u8, x: f64, y: f64) -> (f64, f64) {
    match turn {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    }
}

/// Writes a character as texts have it: ligatures in letters, bullets of symbol fonts as bullets, no others of private
/// use.
fn written(c: char, out: &mut String) {
    match c {
        '\u{fb00}' => out.push_str("ff"),
        '\u{fb01}' => out.push_str("fi"),
        '\u{fb02}' => out.push_str("fl"),
        '\u{fb03}' => out.push_str("ffi"),
        '\u{fb04}' => out.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
        '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' => out.push('•'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\t' | '\n' | '\r' => out.push(' '),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}' => {}
        c if c.is_control() => {}
        c => out.push(c),
    }
}
