//! Sentences of a paragraph.
//!
//! Comes in: the text of one paragraph. Goes out: the ranges of its sentences. A quotation or a bracket that is closed
//! within the paragraph is never cut. Linear in the text.

use std::ops::Range;

use super::boundary::boundaries;

/// Cuts a paragraph into sentences: ordered, disjoint, trimmed ranges that leave out white space only.
pub trait Splitter: Sync {
    /// The ranges of the sentences in bytes of `paragraph`.
    fn split(&self, paragraph: &str) -> Vec<Range<usize>>;
}

/// English: the `boundaries` that marks and capitals show, taken back where an abbreviation, a number, a quotation or a
/// bracket goes on.
pub struct English;

/// A longer run without white space is no word and is cut nowhere.
const LONGEST_WORD: usize = 256;

/// Abbreviations before a name or a figure; they end no sentence. With their case, sorted.
const BEFORE: &[&str] = &[
    "Adm", "Brig", "Capt", "Cmdr", "Col", "Cpl", "Det", "Dr", "Fr", "Ft", "Gen", "Gov", "Hon", "Insp", "Lt", "Maj",
    "Messrs", "Mr", "Mrs", "Ms", "Mt", "Mx", "Pres", "Prof", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "St", "Sts",
    "Supt", "approx", "cf", "e.g", "eg", "esp", "i.e", "ie", "viz", "vs",
];

/// Abbreviations that end no sentence before a figure. With their case, sorted: the day sat is no Saturday.
const BEFORE_FIGURE: &[&str] = &[
    "A.D", "Apr", "Art", "Aug", "Ch", "Dec", "Eq", "Feb", "Fig", "Figs", "Fri", "Jan", "Jul", "Jun", "Mar", "Mon",
    "No", "Nos", "Nov", "Oct", "Para", "Pt", "Sat", "Sec", "Sep", "Sept", "Sun", "Thu", "Thur", "Thurs", "Tue", "Tues",
    "Ver", "Vol", "Wed", "a.d", "bn", "c", "ca", "ch", "cir", "ed", "eq", "est", "fig", "figs", "ft", "no", "nos", "p",
    "para", "pp", "pt", "sec", "ver", "vol",
];

/// Abbreviations that may end a sentence: they do before a word that opens one. Lower case, sorted.
const MAY_END: &[&str] = &[
    "a.m", "al", "ave", "b.a", "blvd", "bros", "co", "corp", "d.c", "dept", "e.u", "esq", "etc", "inc", "intl", "jr",
    "llc", "ltd", "m.a", "m.b.a", "m.d", "mfg", "p.m", "ph.d", "plc", "rd", "sr", "u.a.e", "u.k", "u.n", "u.s",
    "u.s.a", "univ",
];

/// Words that open a sentence and no name. Sorted.
const OPENERS: &[&str] = &[
    "A",
    "According",
    "After",
    "Again",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Finally",
    "First",
    "For",
    "From",
    "Further",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "Moreover",
    "Most",
    "My",
    "Neither",
    "No",
    "None",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "Perhaps",
    "Several",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Unlike",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
    "Your",
];

/// Verbs that hand a finished quotation to its speaker: “Why?” Name asked. Sorted.
const SAYS: &[&str] = &[
    "added", "adds", "answered", "asked", "asks", "cried", "joked", "replied", "said", "says", "shouted", "tweeted",
    "wondered", "writes", "wrote",
];

impl Splitter for English {
    fn split(&self, paragraph: &str) -> Vec<Range<usize>> {
        let pieces = pieces(paragraph);
        if pieces.len() < 2 {
            return pieces;
        }
        let mut kept = Kept::new(paragraph);
        let mut out: Vec<Range<usize>> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match out.last_mut() {
                Some(last)
                    if kept.across(last.end, piece.start)
                        || goes_on(&paragraph[last.clone()], &paragraph[piece.clone()]) =>
                {
                    last.end = piece.end;
                }
                _ => out.push(piece),
            }
        }
        out
    }
}

/// The `boundaries`, those before which there is a reference mark (`….[3] The`), and those that lost their blank.
fn pieces(paragraph: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut flush = |part: Range<usize>| {
        boundaries(&paragraph[part.clone()], |piece| {
            let piece = part.start + piece.start..part.start + piece.end;
            cut_where_glued(paragraph, piece, |p| cut_at_marks(paragraph, p, &mut out));
        });
    };
    // Long runs without white space are handed to nobody; `goes_on` joins the parts about them.
    let mut from = 0;
    let mut runs = Vec::new();
    if may_hold_run(paragraph) {
        let mut at = 0;
        for word in paragraph.split_inclusive(char::is_whitespace) {
            if word.len() > LONGEST_WORD {
                runs.push(at..at + word.trim_end().len());
            }
            at += word.len();
        }
    }
    for run in &runs {
        flush(from..run.start);
        from = run.end;
    }
    flush(from..paragraph.len());
    if !runs.is_empty() {
        out.extend(runs);
        out.sort_by_key(|r| r.start);
    }
    out
}

/// Whether there may be a run longer than a word: somewhere so many bytes hold no white space of ASCII. Looks at a few bytes
/// of each stretch of that length.
fn may_hold_run(paragraph: &str) -> bool {
    let mut rest = paragraph.as_bytes();
    while rest.len() > LONGEST_WORD {
        let space = rest[..LONGEST_WORD].iter().rposition(|b| matches!(b, b' ' | b'\t'..=b'\r'));
        let Some(at) = space else { return true };
        rest = &rest[at + 1..];
    }
    false
}

/// Most bytes of a word that a full stop may be glued to.
const WORD: usize = 24;

/// Ends of names of sites.
const SITES: [&str; 5] = ["Com", "Io", "Js", "Net", "Org"];

/// `… for longer.The index …`: a page that lost the blank or the line break between two sentences. A name with a stop in it
/// has no more than one small word before or behind it, or is no plain word: `Node.js`, `System.Text.Json`.
fn cut_where_glued(paragraph: &str, piece: Range<usize>, mut each: impl FnMut(Range<usize>)) {
    let bytes = paragraph.as_bytes();
    let plain = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80 || *b == b'\'';
    let small = |b: &u8| b.is_ascii_lowercase();
    let several = |text: &str| text.split_ascii_whitespace().nth(2).is_some();
    let mut start = piece.start;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', &bytes[piece.clone()]).map(|i| piece.start + i) {
        let next = &bytes[at + 1..piece.end];
        if !next.first().is_some_and(u8::is_ascii_uppercase) || !next.get(1).is_some_and(small) {
            continue;
        }
        let before = &bytes[start..at];
        let last = before.iter().rev().take(WORD).take_while(|b| !b.is_ascii_whitespace()).count();
        let word = &before[before.len() - last..];
        let ends = word.len() > 2 && word.iter().all(small) && several(&paragraph[start..at])
            || matches!(word.len(), 1..=4) && word.iter().all(u8::is_ascii_digit);
        let length = next.iter().take(WORD).take_while(|b| plain(b)).count();
        let behind = next.get(length).is_none_or(|b| b.is_ascii_whitespace() || *b == b',');
        let site = SITES.iter().any(|s| s.as_bytes() == &next[..length]);
        if ends && behind && !site && several(&paragraph[at + 1..piece.end]) {
            each(start..at + 1);
            start = at + 1;
        }
    }
    each(start..piece.end);
}

fn cut_at_marks(paragraph: &str, piece: Range<usize>, out: &mut Vec<Range<usize>>) {
    let bytes = paragraph.as_bytes();
    let mut start = piece.start;
    let mut i = start;
    while let Some(found) = memchr::memchr(b'[', &bytes[i..piece.end]) {
        let open = i + found;
        i = open + 1 + usize::from(bytes.get(open + 1) == Some(&b'^'));
        let after_end = paragraph[start..open].ends_with(['.', '!', '?', '"', '”', '’', ']']);
        let digits = bytes[i..piece.end].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let close = i + digits;
        if !after_end || !(1..=3).contains(&digits) || bytes.get(close) != Some(&b']') {
            continue;
        }
        i = close + 1;
        let rest = &paragraph[i..piece.end];
        let next = rest.trim_start();
        let marks = |c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '^' | '"' | '”' | '’');
        let ends = paragraph[start..open].trim_end_matches(marks);
        if next.len() < rest.len()
            && next.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '\''))
            && ends.ends_with(['.', '!', '?'])
        {
            out.push(start..i);
            start = i + (rest.len() - next.len());
            i = start;
        }
    }
    if start < piece.end {
        out.push(start..piece.end);
    }
}

/// Whether a sentence that seems to end goes on in the next piece.
fn goes_on(piece: &str, next: &str) -> bool {
    if is_run(piece) || is_run(next) {
        return !piece.ends_with(['.', '!', '?']);
    }
    // A piece without a letter or with an enumerator alone is no sentence: "1.", "—".
    if !next.contains(char::is_alphanumeric) || is_enumerator(piece) {
        return true;
    }
    let bare = piece.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    if bare.len() < piece.len() && bare.ends_with(['?', '!']) && hands_over(next) {
        return true;
    }
    let Some(stem) = piece.strip_suffix('.') else {
        return !piece.ends_with(['.', '!', '?', '…', '"', '\'', '”', '’', '»', ')', ']']);
    };
    let from = stem
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '‘' | '\'' | '—' | '–' | '/'))
        .map_or(0, |i| i + stem[i..].chars().next().map_or(1, char::len_utf8));
    let word = &stem[from..];
    // The first of a list within a sentence: "the rules: 1. Come early."
    if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) && stem[..from].trim_end().ends_with([':', ';']) {
        return true;
    }
    let lower = word.to_ascii_lowercase();
    let opener = next.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()).unwrap_or_default();
    // A weekday or a zone after the hour belongs to it, and so does a name after "Inc.".
    BEFORE.binary_search(&word).is_ok()
        || (BEFORE_FIGURE.binary_search(&word).is_ok() && next.starts_with(|c: char| c.is_ascii_digit()))
        || (MAY_END.binary_search(&lower.as_str()).is_ok() && OPENERS.binary_search(&opener).is_err())
}

fn is_run(piece: &str) -> bool {
    piece.len() > LONGEST_WORD && !piece.contains(char::is_whitespace)
}

/// `1.`, `12)`, `(3)` with nothing else.
fn is_enumerator(piece: &str) -> bool {
    let inner = piece.trim_matches(|c: char| !c.is_alphanumeric());
    inner.is_empty() || (inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit()))
}

/// `Name asked …`, `the owner said …`: up to five words, then a verb of saying.
fn hands_over(next: &str) -> bool {
    next.split_whitespace()
        .take(5)
        .take_while(|w| {
            !w.ends_with(['.', '!', '?', ',']) || SAYS.binary_search(&w.trim_end_matches(['.', ',', '!', '?'])).is_ok()
        })
        .skip(1)
        .any(|w| SAYS.binary_search(&w.trim_end_matches(['.', ',', '!', '?', ':'])).is_ok())
}

/// Quotations and brackets that are closed within the paragraph, asked about in rising order.
struct Kept {
    /// Sorted by start.
    ranges: Vec<Range<usize>>,
    next: usize,
    /// Greatest end of the ranges passed so far.
    reach: usize,
}

impl Kept {
    fn new(paragraph: &str) -> Kept {
        Kept { ranges: closed_ranges(paragraph), next: 0, reach: 0 }
    }

    /// Whether a range holds the cut between `end` and `start` with something on both sides.
    fn across(&mut self, end: usize, start: usize) -> bool {
        while self.ranges.get(self.next).is_some_and(|r| r.start < end) {
            self.reach = self.reach.max(self.ranges[self.next].end);
            self.next += 1;
        }
        self.reach > start
    }
}

/// Pairs of quotation marks and brackets, each kind with its own open ends, so that a mark left open costs nothing.
fn closed_ranges(paragraph: &str) -> Vec<Range<usize>> {
    // Nothing opens: nearly every paragraph.
    if memchr::memchr3(b'"', b'(', b'[', paragraph.as_bytes()).is_none() && paragraph.is_ascii() {
        return Vec::new();
    }
    let mut open: [Vec<usize>; 7] = Default::default();
    let mut out = Vec::new();
    // No other ASCII than these can be a mark.
    let marked = |b: &u8| matches!(b, b'"' | b'(' | b')' | b'[' | b']') || !b.is_ascii();
    let mut next = 0;
    while let Some(found) = paragraph.as_bytes()[next..].iter().position(marked) {
        let at = next + found;
        let Some(c) = paragraph[at..].chars().next() else { break };
        next = at + c.len_utf8();
        let before = paragraph[..at].chars().next_back().unwrap_or(' ');
        let after = paragraph[next..].chars().next().unwrap_or(' ');
        let (kind, closes) = match c {
            '“' if open[1].is_empty() => (0, false),
            '”' if open[0].is_empty() => (1, true),
            '”' => (0, true),
            '„' => (1, false),
            '“' => (1, true),
            '«' => (2, false),
            '»' => (2, true),
            '"' => {
                let opens = !after.is_whitespace()
                    && (before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '‘' | '\''));
                // A figure before it makes it an inch, unless a quotation is open.
                if !opens && open[3].is_empty() {
                    continue;
                }
                (3, !opens)
            }
            '‘' => (4, false),
            '’' if !after.is_alphanumeric() && matches!(before, '.' | ',' | '!' | '?' | '…') => (4, true),
            '(' => (5, false),
            ')' => (5, true),
            '[' => (6, false),
            ']' => (6, true),
            _ => continue,
        };
        if !closes {
            open[kind].push(at);
        } else if let Some(start) = open[kind].pop() {
            out.push(start..next);
        }
    }
    out.sort_by_key(|r| (r.start, r.end));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of the input stand between bars.
    fn check(marked: &str) {
        let text = marked.replace(" | ", " ");
        let found: Vec<&str> = English.split(&text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found.join(" | "), marked);
    }

    #[test]
    fn tables_are_sorted() {
        for table in [BEFORE, BEFORE_FIGURE, MAY_END, OPENERS, SAYS] {
            assert!(table.is_sorted(), "{:?}", table.windows(2).find(|w| w[0] >= w[1]));
        }
    }

    #[test]
    fn abbreviations() {
        check("Mr. Quill met Dr. Reed at 5 p.m. Friday. | He left.");
        check("Mill Inc. Chairman Bo Reed spoke. | He works for Mill Inc. | The firm is old.");
        check("The U.S. Senate voted. | He went to the U.S. | It was May.");
        check("Issue No. 12 came on Jan. 3, 2026. | He said no. | Nobody sat. | Sen. Lund did.");
        check("Boats, nets, etc. were lost, e.g. Nine nets. | See Fig. 2 and pp. 3 to 5.");
        check("Mill vs. Dam is old. | Reed et al. 2020 says so. | St. Anne is far.");
    }

    #[test]
    fn a_page_that_lost_blanks() {
        let split = |text: &'static str| English.split(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        let text = "The pier was shut for longer.The keeper left on Jan. 18.Nobody else came by.";
        assert_eq!(
            split(text),
            ["The pier was shut for longer.", "The keeper left on Jan. 18.", "Nobody else came by."]
        );
        for one in [
            "It runs on node.Js for the time being.",
            "The keeper of example.Com has left it.",
            "See text.Json.Node for more of that.",
            "A call of self.Close() ends it at once.",
        ] {
            assert_eq!(split(one), [one]);
        }
    }

    #[test]
    fn figures_and_initials() {
        check("It cost 3.5 million. | Version 1.2.3 is out. | J. R. Quill and Ada B. Reed came.");
        check("There were 12. | All left at 4.30 a.m. | They slept.");
        check("The rules: 1. Come early. | 2. Leave late.");
        check("It rose by $1.5 bn. | Costs fell.");
        check("It was built in A.D. 900 and burnt. | Nobody came.");
    }

    #[test]
    fn quotations_are_whole() {
        check("“I came. I saw. I left,” he said. | Then he slept.");
        check("He wrote: \"We won. We lost. All in a day.\" | Nobody asked.");
        check("She said “It is over.” | He left.");
        check("“Is it over? Is it?” Ada Reed asked. | “Yes!” said Bo.");
        check("He has a 5\" nail. | She has a 6\" nail. | Both fit.");
        check("“An open end. | It goes on.");
        check("‘It is over. I know it.’ | He left. | The reeds’ roots are deep.");
        check("The man („Er kam. Er ging.“) was tall. | He left.");
    }

    #[test]
    fn brackets_are_whole() {
        check("It fell (by 3%. Or more.) in May. | It rose.");
        check("It is so [see the note. It is long.]. | Next.");
        check("It shut.[3] | The town mourned.[4][5] | Nobody came [6].");
        check("It shut :( and stayed so. | Nobody came.");
    }

    #[test]
    fn long_runs_cost_linear_time() {
        let text = "a.b".repeat(200_000);
        assert_eq!(English.split(&text).len(), 1);
        let text = format!("It shut. {} It opened.", "x.".repeat(100_000));
        assert_eq!(English.split(&text).len(), 3);
        assert_eq!(English.split(&"(\" ".repeat(100_000)).len(), 1);
        assert_eq!(English.split(&"I came. ".repeat(20_000)).len(), 20_000);
    }
}
