//! The noun that a number counts: the head of the words behind it, found without a tagger.

use crate::rule::measure::{LexedText, word};

/// A counted noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) first: usize,
    pub(super) head: usize,
}

/// How many words behind the number are looked at.
const REACH: usize = 6;

/// The noun phrase that begins at a token. `singular` when exactly one thing is counted, or a hyphen joins the number.
pub(super) fn counted(r: &LexedText<'_>, at: usize, singular: bool) -> Option<Noun> {
    let mut head = None;
    let mut last_word = None;
    let mut i = at;
    let mut seen = 0;
    while seen < REACH {
        let sense = r.sense(i);
        if !r.is_word(i)
            || r.word(i) == word::X
            || sense.role.stop
            || sense.cardinal.is_some()
            || sense.month.is_some() && r.capital(i)
        {
            break;
        }
        let raw = r.raw(i);
        if raw.contains(['\'', '\u{2019}']) {
            break;
        }
        seen += 1;
        if plural(r, i) && !singular {
            head = Some(i);
            // "sales representatives": the last of a row of plurals is the head.
            if !(r.is_word(i + 1) && !r.sense(i + 1).role.stop && plural(r, i + 1)) {
                break;
            }
        }
        last_word = Some((i, seen));
        i += 1;
        if r.hyphen(i) && r.is_word(i + 1) {
            i += 1;
        } else if r.lex.get(i).is_some_and(|l| l.leads) {
            break;
        }
    }
    let head = match (head, last_word) {
        (Some(head), _) => head,
        (None, Some((last, n))) if singular => {
            if n <= 3 {
                last
            } else {
                at
            }
        }
        _ => return None,
    };
    Some(Noun { first: at, head })
}

/// Whether a word looks like a plural noun.
pub(super) fn plural(r: &LexedText<'_>, at: usize) -> bool {
    if r.sense(at).role.plural {
        return true;
    }
    let raw = r.raw(at);
    let lower = raw.as_bytes();
    let ends = |s: &str| {
        raw.len() > s.len()
            && raw.is_char_boundary(raw.len() - s.len())
            && raw[raw.len() - s.len()..].eq_ignore_ascii_case(s)
    };
    lower.len() > 2
        && (ends("s") && !ends("ss") && !ends("us") && !ends("is") && !ends("ous"))
        && r.word(at) != word::ITS
}

/// The singular of a noun, for the dimension of what is counted.
pub(super) fn singular_of(r: &LexedText<'_>, at: usize) -> String {
    if let Some(known) = r.measures.singular(r.word(at)) {
        return known.to_owned();
    }
    let lower = r.raw(at).to_lowercase();
    if !plural(r, at) {
        return lower;
    }
    for (end, instead) in [("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zzes", "zz")] {
        if let Some(stem) = lower.strip_suffix(end)
            && stem.len() > 1
        {
            return format!("{stem}{instead}");
        }
    }
    lower.strip_suffix('s').unwrap_or(&lower).to_owned()
}
