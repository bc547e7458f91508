//! "Three suspects, Jan Holm, Erik Rud and Tove Berg, were arrested", "in two cities: Lyon and Ghent": things counted and
//! then named one after the other.

use crate::rule::{CheckCode, CheckRule, pieces};

use super::figures::{Figure, Sentence, plain, sentences};
use super::{Check, CheckContext, Checks};

/// See the module.
pub(super) struct Listed;

/// Most words between the number and the names: what is counted.
const NOUN: usize = 4;
/// Most words between the number and a colon where they say what is done with what is counted.
const CLAUSE: usize = 7;
/// Most words of a name.
const NAME: usize = 4;
/// Most that are counted: longer lists are cut.
const MOST: usize = 12;

impl Check for Listed {
    fn code(&self) -> CheckCode {
        CheckCode::Listed
    }

    fn run(&self, context: &CheckContext<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in context.sources() {
            for sentence in sentences(context, source) {
                for figure in &sentence.figures {
                    let Some((named, list)) = named(&sentence, figure) else { continue };
                    let stated = figure.number().and_then(|n| usize::try_from(n.trunc().mantissa()).ok());
                    let Some(stated) = stated.filter(|t| (2..=MOST).contains(t)) else { continue };
                    let order = [figure.at];
                    let ends: [(&str, &[u32]); 1] = [("count", &order)];
                    let (left, right) = (stated.to_string(), named.to_string());
                    let because = format!("{named} are named: {list}");
                    match (stated == named, &rule.holds_message) {
                        (true, Some(template)) => {
                            let message = context.fill(template, &ends, &left, &right);
                            found.holds(rule, context.compare.claims, &order, message, because);
                        }
                        (false, _) => {
                            let message = context.fill(&rule.message, &ends, &left, &right);
                            found.fails(rule, context.compare.claims, &order, message, because);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

/// How many names follow a number and its noun, and their words; `None` where no list does, or one that may be read in
/// two ways.
fn named<'a>(sentence: &Sentence<'a>, figure: &Figure<'a>) -> Option<(usize, &'a str)> {
    let whole = |f: &Figure<'_>| f.counts() && f.number().is_some_and(|n| n.fract().is_zero());
    let before = plain(sentence.before(figure));
    // "Two of the three suspects, …": it is not told which of the two numbers is counted out.
    let part = before.iter().rev().take(2).any(|w| w == "of");
    // "The eldest of six sisters": all six are counted.
    let superlative =
        matches!(before.as_slice(), [.., most, of] if of == "of" && most.len() > 4 && most.ends_with("est"));
    let part = part && !superlative;
    if !whole(figure)
        || part
        || before.last().is_some_and(|w| matches!(w.as_str(), "about" | "some" | "least" | "over"))
    {
        return None;
    }
    let behind = sentence.behind(figure);
    let (at, mark) =
        behind.char_indices().find(|(_, c)| !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '\'' | '’'))?;
    let noun = &behind[..at];
    let lower = !noun.trim().is_empty() && noun.trim().chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'));
    let many = |w: &String| w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") || w.ends_with("en") || w == "people";
    let words = plain(noun);
    let plural = words.last().is_some_and(many) && words.len() <= NOUN && words.iter().all(|w| w != "of");
    // "Ways to install it:", "ships were held in port:": what is counted, and what is said of it, with nothing else that
    // may be counted out.
    let clause = mark == ':'
        && words.len() <= CLAUSE
        && words.iter().take(2).any(many)
        && words.iter().filter(|w| many(w)).count() == 1;
    if !lower || !(plural || clause) {
        return None;
    }
    let rest = &behind[at + mark.len_utf8()..];
    // "Five people: two men and a woman": the list counts as well.
    let counts = sentence.figures.iter().any(|f| f.span.start > figure.span.start) && !plural;
    // "Three people live here: Anna and her parents": an item may be several.
    let several = plain(rest).iter().zip(pieces(rest)).any(|(w, written)| {
        matches!(w.as_str(), "couple" | "family" | "pair" | "both" | "twins")
            || written.chars().all(char::is_lowercase) && many(w)
    });
    let people = words.iter().any(|w| w == "people") || !plural;
    if mark == ':' && (counts || several && people) {
        return None;
    }
    match mark {
        ':' => items(rest.trim_end().trim_end_matches('.'), |item| {
            let words = plain(item);
            (1..=NAME).contains(&words.len()) && !item.contains(|c: char| c.is_ascii_digit())
        }),
        ',' => {
            // As far as the comma behind the last name, or to the end where nothing but names is left.
            let and = rest.find(" and ")?;
            let end = rest[and + 5..].find(',').map_or(rest.trim_end().trim_end_matches('.').len(), |at| and + 5 + at);
            items(&rest[..end], |item| {
                let name = |w: &str| {
                    w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c))
                };
                (1..=NAME).contains(&item.split(' ').count()) && item.split(' ').all(name)
            })
            .filter(|(named, _)| !superlative || *named > 2)
        }
        _ => None,
    }
}

/// Counts what commas and one "and" part. Two of them, or a mark that parts more than that, may be read in two ways.
fn items(list: &str, is: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
    let join = if list.contains(" or ") { " or " } else { " and " };
    if list.contains([';', ':', '(', ')', '"', '“', '&', '/', '.', '?'])
        || list.matches(" and ").count() + list.matches(" or ").count() != 1
    {
        return None;
    }
    let (head, last) = list.rsplit_once(join)?;
    let items: Vec<&str> = head.split(',').map(str::trim).filter(|i| !i.is_empty()).chain([last.trim()]).collect();
    // "and" stands before the last, so that none follows a comma behind it.
    (!last.contains(',') && items.len() > 1 && items.iter().all(|item| is(item))).then_some((items.len(), list.trim()))
}
