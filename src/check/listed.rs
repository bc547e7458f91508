//! "Three suspects, Jan Holm, Erik Rud and Tove Berg, were arrested", "in two cities: Lyon and Ghent": things counted and
//! then named one after the other.

use crate::rule::{CheckCode, CheckRule};

use super::figures::{Figure, Sentence, plain, sentences};
use super::{Check, Checks, Scene};

/// See the module.
pub(super) struct Listed;

/// Most words between the number and the names: what is counted.
const NOUN: usize = 4;
/// Most words of a name.
const NAME: usize = 4;
/// Most that are counted: longer lists are cut.
const MOST: usize = 12;

impl Check for Listed {
    fn code(&self) -> CheckCode {
        CheckCode::Listed
    }

    fn run(&self, scene: &Scene<'_>, rule: &CheckRule, found: &mut Checks) {
        for source in scene.sources() {
            for sentence in sentences(scene, source) {
                for figure in &sentence.figures {
                    let Some((named, list)) = named(&sentence, figure) else { continue };
                    let told = figure.number().and_then(|n| usize::try_from(n.trunc().mantissa()).ok());
                    let Some(told) = told.filter(|t| (2..=MOST).contains(t)) else { continue };
                    let order = [figure.at];
                    let ends: [(&str, &[u32]); 1] = [("count", &order)];
                    let (left, right) = (told.to_string(), named.to_string());
                    let because = format!("{named} are named: {list}");
                    match (told == named, &rule.holds_message) {
                        (true, Some(template)) => {
                            let message = scene.fill(template, &ends, &left, &right);
                            found.holds(rule, scene.frozen.claims, &order, message, because);
                        }
                        (false, _) => {
                            let message = scene.fill(&rule.message, &ends, &left, &right);
                            found.fails(rule, scene.frozen.claims, &order, message, because);
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
    let plural = plain(noun).last().is_some_and(|w| w.ends_with('s') || w.ends_with("en") || w == "people");
    if !lower || !plural || plain(noun).len() > NOUN || plain(noun).iter().any(|w| w == "of") {
        return None;
    }
    let rest = &behind[at + mark.len_utf8()..];
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
        }
        _ => None,
    }
}

/// Counts what commas and one "and" part. Two of them, or a mark that parts more than that, may be read in two ways.
fn items(list: &str, is: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
    if list.contains([';', ':', '(', ')', '"', '“', '&', '/', '.', '?'])
        || list.matches(" and ").count() != 1
        || list.contains(" or ")
    {
        return None;
    }
    let (head, last) = list.rsplit_once(" and ")?;
    let items: Vec<&str> = head.split(',').map(str::trim).filter(|i| !i.is_empty()).chain([last.trim()]).collect();
    // "and" stands before the last, so that none follows a comma behind it.
    (!last.contains(',') && items.len() > 1 && items.iter().all(|item| is(item))).then_some((items.len(), list.trim()))
}
