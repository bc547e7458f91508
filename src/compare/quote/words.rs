//! The words of a quotation, folded so that only what the speaker is made to say counts.
//!
//! Comes in: the text between the marks. Goes out: its words in lower case, contractions written out, numbers in digits,
//! each with what hangs on it; where the text marks that something is left out or put in; where sentences end.

use crate::rule::{Lookup, Measures, Words};
use crate::text::fold;

/// What the sense of a sentence hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sense {
    /// Nothing but itself.
    Plain,
    /// It denies.
    Negation,
    /// A number.
    Number,
    /// It says how needful, likely or allowed something is: the place of its row.
    Modal,
    /// A part of the words that make a statement an opinion.
    Hedge,
}

/// What the text says stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Gap {
    /// Nothing.
    #[default]
    None,
    /// Words of the one who quotes, in square brackets.
    Bracket,
    /// Words left out: an ellipsis.
    Ellipsis,
}

/// A word of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QuotedWord {
    /// In lower case; numbers in digits.
    pub(super) text: String,
    pub(super) sense: Sense,
    /// What is said to stand before it.
    pub(super) gap: Gap,
    /// Whether a sentence ends with it.
    pub(super) ends: bool,
}

/// A quotation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compare) struct Quoted {
    pub(super) words: Vec<QuotedWord>,
    /// What is said to stand behind the last word.
    pub(super) tail: Gap,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it ends with a full stop, which a comma or nothing would have left open.
    pub(super) stopped: bool,
}

/// Most words that are looked at.
const MOST: usize = 400;

/// Reads a quotation.
pub(in crate::compare) fn quoted(text: &str, lookup: &Lookup, measures: &Measures) -> Quoted {
    let mut out = Quoted {
        words: Vec::new(),
        tail: Gap::None,
        capital: text.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase),
        stopped: text.trim_end_matches([' ', '*', '_', '\n']).ends_with('.'),
    };
    let mut bracket = false;
    let mut gap = Gap::None;
    let mut rest = fold(text);
    rest.push(' ');
    let mut word = String::new();
    let mut dots = 0;
    for c in rest.chars() {
        if c.is_alphanumeric() || c == '\'' && !word.is_empty() {
            if dots > 1 {
                gap = Gap::Ellipsis;
            }
            dots = 0;
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let own = std::mem::take(&mut word);
            if !bracket && out.words.len() < MOST {
                push(&mut out.words, own.trim_end_matches('\''), &mut gap, measures);
            }
        }
        match c {
            '[' => {
                bracket = true;
                gap = gap.max(Gap::Bracket);
            }
            ']' => {
                bracket = false;
                gap = gap.max(if dots > 1 { Gap::Ellipsis } else { Gap::Bracket });
                dots = 0;
            }
            '.' => dots += 1,
            '%' if !bracket => push(&mut out.words, "percent", &mut gap, measures),
            ' ' => {}
            _ => dots = 0,
        }
        if dots > 1 {
            gap = Gap::Ellipsis;
        }
        let ends = matches!(c, '!' | '?') || c == ' ' && dots == 1;
        if c == ' ' {
            dots = if dots == 1 { 0 } else { dots };
        }
        if ends && let Some(last) = out.words.last_mut() {
            last.ends = true;
        }
    }
    out.tail = gap;
    if gap == Gap::Ellipsis {
        out.stopped = false;
    }
    sense(&mut out.words, lookup);
    out
}

/// Adds a word as it is compared: "can't" is "can not", "per cent" is "percent", "twenty-five" is "25".
fn push(words: &mut Vec<QuotedWord>, text: &str, gap: &mut Gap, measures: &Measures) {
    if let Some(stem) = text.strip_suffix("n't") {
        let stem = match stem {
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            stem => stem,
        };
        add(words, gap, stem, Sense::Plain);
        return add(words, gap, "not", Sense::Plain);
    }
    // "I'd" is "I would" more often than "I had", and what is quoted in full elsewhere says which.
    for (short, long) in [("'ll", "will"), ("'re", "are"), ("'ve", "have"), ("'m", "am"), ("'d", "would")] {
        if let Some(stem) = text.strip_suffix(short) {
            add(words, gap, stem, Sense::Plain);
            return add(words, gap, long, Sense::Plain);
        }
    }
    let known = measures.sense(measures.id(text));
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    match (text, known.cardinal) {
        ("cannot", _) => {
            add(words, gap, "can", Sense::Plain);
            add(words, gap, "not", Sense::Plain);
        }
        ("cent", _) if words.last().is_some_and(|w| w.text == "per") => {
            if let Some(last) = words.last_mut() {
                "percent".clone_into(&mut last.text);
            }
        }
        (_, Some(n)) => {
            let tens =
                |w: &&mut QuotedWord| w.text.parse().is_ok_and(|t: u32| (20..100).contains(&t) && t.is_multiple_of(10));
            match words.last_mut().filter(|w| n < 10 && w.sense == Sense::Number && !w.ends).filter(tens) {
                Some(last) => last.text = (last.text.parse::<u32>().unwrap_or_default() + n).to_string(),
                // "One" is as often a pronoun.
                None => {
                    let sense = if n == 1 { Sense::Plain } else { Sense::Number };
                    add(words, gap, &n.to_string(), sense);
                }
            }
        }
        _ => {
            let number = digits || known.ordinal.is_some() || known.scale.is_some();
            add(words, gap, text, if number { Sense::Number } else { Sense::Plain });
        }
    }
}

fn add(words: &mut Vec<QuotedWord>, gap: &mut Gap, text: &str, sense: Sense) {
    words.push(QuotedWord { text: text.to_owned(), sense, gap: std::mem::take(gap), ends: false });
}

/// Says of each word what hangs on it.
fn sense(words: &mut [QuotedWord], lookup: &Lookup) {
    let all: Vec<Words> = words.iter().map(|w| lookup.words(&w.text)).collect();
    for at in 0..words.len() {
        if let Some((n, term)) = lookup.terms("quote-hedges").at(&all[at..], None)
            && &*term.class == "own"
        {
            words[at..at + n].iter_mut().for_each(|w| w.sense = Sense::Hedge);
        }
        if words[at].sense != Sense::Plain {
            continue;
        }
        let one = &all[at..=at];
        if lookup.terms("negations").at(one, Some("negative")).is_some()
            || lookup.terms("denials").at(one, None).is_some()
        {
            words[at].sense = Sense::Negation;
        } else if lookup.terms("modals").at(one, None).is_some() {
            words[at].sense = Sense::Modal;
        }
    }
}
