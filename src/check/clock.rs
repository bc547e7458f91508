//! Times of day as they stand in a sentence, for checks that hold a length of time against two of them.
//!
//! Most of them make no claim of their own ("from 9.30 am to 11 am"), so they are read here once more. Comes in: text in
//! lower case. Goes out: each time with its place; nothing is compared here.

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// Since midnight.
    pub(super) minutes: i64,
    /// Whether it says which half of the day it is of: "am", "pm".
    pub(super) half: bool,
    /// Bytes of the text.
    pub(super) end: usize,
    /// Bytes of the text.
    pub(super) start: usize,
}

/// The times of day of a text in lower case: "9.30 am", "11 a.m.", "14:05". Digits alone are none.
pub(super) fn clocks(text: &str) -> Vec<Clock> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let free =
            at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && !matches!(bytes[at - 1], b'.' | b':' | b',' | b'$');
        if digits == 0 || !free {
            at += digits.max(1);
            continue;
        }
        let number = |from: usize, len: usize| text.get(from..from + len).and_then(|n| n.parse::<i64>().ok());
        let mut end = at + digits;
        let mut minutes = None;
        if matches!(bytes.get(end), Some(b':' | b'.')) {
            let two = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if two == 2 {
                minutes = number(end + 1, 2).map(|m| (m, bytes[end] == b':'));
                end += 3;
            }
        }
        let rest = text[end..].trim_start();
        let skipped = text.len() - end - rest.len();
        let half = [("a.m", 0), ("am", 0), ("p.m", 12), ("pm", 12)]
            .into_iter()
            .find(|(w, _)| rest.strip_prefix(w).is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_alphanumeric())));
        let hour = number(at, digits).filter(|h| digits <= 2 && *h < 24);
        let minute = minutes.map_or(Some(0), |(m, _)| (m < 60).then_some(m));
        if let (Some(hour), Some(minute)) = (hour, minute)
            && (half.is_some() || minutes.is_some_and(|(_, colon)| colon))
            && skipped <= 1
        {
            let hours = half.map_or(hour, |(_, add)| hour % 12 + add);
            let stop = end + half.map_or(0, |(w, _)| skipped + w.len());
            out.push(Clock { minutes: hours * 60 + minute, half: half.is_some(), start: at, end: stop });
            end = stop;
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, minutes: &[i64]) {
        assert_eq!(clocks(text).iter().map(|c| c.minutes).collect::<Vec<_>>(), minutes, "{text}");
    }

    #[test]
    fn times_of_day() {
        check("from 9.30 am to 11 am", &[570, 660]);
        check("at 6:15 pm and at 12 a.m.", &[1095, 0]);
        check("at 14:05, 3 boats of 2.5 m", &[845]);
        check("in 1998, 9.75 ambers", &[]);
        check("25:10", &[]);
    }
}
