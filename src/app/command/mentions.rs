//! `belie mentions`: what was recognised as a value, and how it was read.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::app::input::{self, Input};
use crate::app::pipeline::{recognise, recognise_at};
use crate::app::{Console, Error, Exit, Options, lines};
use crate::mention::{Mention, MentionKind, Ordinal, Reference, Timex, length};
use crate::report::json::v1;
use crate::report::{Marked, underlined};
use crate::rule::Measures;
use crate::source::Document;
use crate::text::{Span, append_json, parser_words};
use crate::value::{Quantity, Shape, quantity_words, time_words};

/// Underlines the values of documents, each with what it was read as.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(paths: &[PathBuf], options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let Input { documents, problems, settings, .. } = input::read(paths, options);
    let measures = options.rules.measures();
    let mut found = 0;
    for document in &documents {
        // What one line of the document holds is shown before the next one is read.
        let mut here: Vec<Marked> = Vec::new();
        let mut end = 0;
        let mut said = Ok(());
        let mut show = |here: &mut Vec<Marked>| {
            here.sort_by_key(|m| (m.span.start, m.span.end));
            if said.is_ok() && !here.is_empty() {
                said = console.print(&underlined(document, here, &options.style));
            }
            here.clear();
        };
        recognise(document, &options.rules, &settings, |mention| {
            let marked = mark(document, mention, measures);
            if marked.span.start >= end {
                show(&mut here);
                end = document.line_end(marked.span.start);
            }
            found += 1;
            here.push(marked);
        });
        show(&mut here);
        said?;
    }
    console.flush()?;
    input::say(&problems, options, console);
    if found == 0 && !options.allow_empty {
        console.say("error: no value found in the documents");
        return Ok(Exit::Failed);
    }
    Ok(input::exit(&problems, options))
}

/// What a mention is shown as; quotations are shown as such.
fn mark(document: &Document, mention: Mention, measures: &Measures) -> Marked {
    let label = match &mention.kind {
        MentionKind::Quantity(quantity) => quantity_words(quantity),
        MentionKind::Ordinal(ordinal) => ordinal_words(ordinal),
        MentionKind::Time(timex) if undated(timex) => match length(mention.span.of(&document.text), measures) {
            Some((_, length)) => format!("{}, undated", quantity_words(&length)),
            None => "undated".to_owned(),
        },
        MentionKind::Time(timex) => time_words(&timex.value),
        MentionKind::Quote => {
            let words = mention.span.of(&document.text).split_whitespace().count();
            format!("quotation, {words} word{}", if words == 1 { "" } else { "s" })
        }
    };
    Marked { span: mention.span, label }
}

/// A time that hangs on a day that nobody knows.
fn undated(timex: &Timex) -> bool {
    timex.value.edtf.is_empty() && timex.value.weekday.is_none() && timex.every.is_none()
}

/// "place 3", "the last but 1", "score 3-1".
fn ordinal_words(ordinal: &Ordinal) -> String {
    match ordinal {
        Ordinal::Nth(n) => format!("place {n}"),
        Ordinal::FromEnd(0) => "the last".to_owned(),
        Ordinal::FromEnd(by) => format!("the last but {by}"),
        Ordinal::FromHere(0) => "the current one".to_owned(),
        Ordinal::FromHere(by @ 1..) => format!("{by} on"),
        Ordinal::FromHere(by) => format!("{} back", by.unsigned_abs()),
        Ordinal::Score(a, b) => format!("score {a}-{b}"),
        Ordinal::OneOf => "one of several".to_owned(),
    }
}

/// Type and value of a ordinal: a place told from the end or from the one at hand has words for its value.
fn ordinal_value(ordinal: &Ordinal) -> (&'static str, v1::Value) {
    let words = |text: String| v1::Value { text: Some(text), ..v1::Value::default() };
    match ordinal {
        Ordinal::Nth(n) => ("ordinal", v1::Value::number(*n)),
        Ordinal::FromEnd(0) => ("ordinal", words("end+0".to_owned())),
        Ordinal::FromEnd(by) => ("ordinal", words(format!("end-{by}"))),
        Ordinal::FromHere(by) => ("ordinal", words(format!("current{by:+}"))),
        Ordinal::Score(a, b) => ("score", words(format!("{a}-{b}"))),
        Ordinal::OneOf => ("number", v1::Value::number(Decimal::ONE)),
    }
}

/// One line in.
#[derive(Deserialize)]
struct Request<'a> {
    /// Any JSON value; given back as it came.
    id: serde_json::Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    ref_date: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Wire {
    span: WireSpan,
    #[serde(rename = "type")]
    kind: &'static str,
    value: WireValue,
}

#[derive(Serialize)]
struct WireValue {
    #[serde(flatten)]
    value: v1::Value,
    /// The period of a time that comes again, as an ISO 8601 duration; `edtf` is one of its times, or the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<String>,
    /// All values that the words can have, where they leave a choice: dates in EDTF (`edtf` is the first where a convention
    /// prefers it), or the other currencies that a sign may mean.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<String>,
    /// Whether a conversion to another unit of the dimension rests on a rounded factor.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rounded: bool,
}

/// Bytes of the text as it came in.
#[derive(Serialize)]
struct WireSpan {
    start: u32,
    end: u32,
}

/// Answers `{"id","text","ref_date"}` with `{"id","mentions":[{"span","type","value"}]}`, line by line.
///
/// # Errors
/// When standard input or output fails.
pub fn jsonl(input: impl io::Read, options: &Options, console: &mut Console<'_>) -> Result<Exit, Error> {
    let answer = |line: &[u8]| {
        let Request { id, text, ref_date } = serde_json::from_slice(line).map_err(|e| parser_words(&e.to_string()))?;
        let document = Document::from_text("-", &text);
        drop(text);
        let stated = ref_date.as_deref();
        let given =
            stated.map(|t| reference(t).ok_or_else(|| format!("`{t}` is not a date like 2026-05-19"))).transpose()?;
        let assumed = options.settings.as_of.map(|day| Reference { day, time: None, offset: None });
        let mut out = MentionsLine::new(&id);
        recognise_at(&document, &options.rules, given.or(assumed), |mention| {
            if let Some(wire) = wire(&document, &mention, options.rules.measures()) {
                out.add(&wire);
            }
        });
        out.finish()
    };
    Ok(lines::each(input, console, options.settings.jobs, answer)?)
}

/// One line out, `{"id","mentions":[…]}`, as it grows: no mention is kept beside its JSON.
struct MentionsLine {
    json: Vec<u8>,
    any: bool,
    written: serde_json::Result<()>,
}

impl MentionsLine {
    fn new(id: &serde_json::Value) -> MentionsLine {
        // A line of text has an answer of about this length.
        let mut json = Vec::with_capacity(1 << 10);
        json.extend_from_slice(b"{\"id\":");
        let written = append_json(&mut json, id);
        json.extend_from_slice(b",\"mentions\":[");
        MentionsLine { json, any: false, written }
    }

    fn add(&mut self, wire: &Wire) {
        if std::mem::replace(&mut self.any, true) {
            self.json.push(b',');
        }
        if self.written.is_ok() {
            self.written = append_json(&mut self.json, wire);
        }
    }

    fn finish(mut self) -> Result<String, String> {
        self.json.extend_from_slice(b"]}");
        self.written.map_err(|e| e.to_string())?;
        String::from_utf8(self.json).map_err(|e| e.to_string())
    }
}

/// A date, or a date and time: `2026-05-19`, `2026-05-19T17:30:00`, `2026-05-19T17:30:00+02:00`.
fn reference(text: &str) -> Option<Reference> {
    let day: Date = text.get(..10)?.parse().ok()?;
    let rest = text.get(10..).unwrap_or_default().trim_start_matches(['T', ' ']);
    let end = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let time = (!clock.is_empty()).then(|| clock.parse().ok()).flatten();
    let minutes = |hours: &str| -> Option<i16> {
        let (h, m) = hours.split_once(':').unwrap_or((hours, "0"));
        Some(h.parse::<i16>().ok().filter(|h| *h < 24)? * 60 + m.parse::<i16>().ok().filter(|m| *m < 60)?)
    };
    let offset = match zone.split_at_checked(1) {
        Some(("Z", _)) => Some(0),
        Some(("+", hours)) => minutes(hours),
        Some(("-", hours)) => minutes(hours).map(|m| -m),
        _ => None,
    };
    Some(Reference { day, time, offset })
}

fn wire(document: &Document, mention: &Mention, measures: &Measures) -> Option<Wire> {
    let (mut set, mut candidates, mut rounded, mut span) = (None, Vec::new(), false, mention.span);
    let (kind, value) = match &mention.kind {
        MentionKind::Quantity(quantity) => {
            if quantity.shape == Shape::Money {
                let beside = measures.currencies_beside(span.of(&document.text));
                candidates = beside.iter().map(|c| c.to_string()).collect();
            }
            rounded = measures.rounded(&quantity.unit.name);
            quantity_value(quantity)
        }
        MentionKind::Ordinal(ordinal) => ordinal_value(ordinal),
        MentionKind::Time(timex) if undated(timex) => match length(span.of(&document.text), measures) {
            // Of "six months later" without a day to count from, the six months are known.
            Some((within, quantity)) => {
                span = Span { start: span.start + within.start, end: span.start + within.end };
                quantity_value(&quantity)
            }
            None => ("date", v1::Value::time(&timex.value)),
        },
        MentionKind::Time(timex) => {
            // A stretch of times is of the type of its ends; a time that comes again of the type of one of them.
            let edtf = timex.value.edtf.as_str();
            let kind = if edtf.contains(['T', ':']) { "time" } else { "date" };
            set.clone_from(&timex.every);
            candidates.clone_from(&timex.candidates);
            (kind, v1::Value::time(&timex.value))
        }
        MentionKind::Quote => return None,
    };
    let Span { start, end } = document.report_span(span);
    Some(Wire { span: WireSpan { start, end }, kind, value: WireValue { value, set, candidates, rounded } })
}

/// Type and value of a quantity.
fn quantity_value(quantity: &Quantity) -> (&'static str, v1::Value) {
    let kind = match (&*quantity.unit.dimension, quantity.shape) {
        ("age", _) => "duration",
        (_, Shape::Measure) => "quantity",
        (_, Shape::Number | Shape::Multiple | Shape::Ratio) if quantity.number.is_none() => "range",
        (_, Shape::Ratio) => "number",
        (_, shape) => shape.name(),
    };
    (kind, v1::Value::quantity(quantity))
}
