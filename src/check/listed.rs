//! "Three suspects, Jan Holm, Erik Rud and Tove Berg, were arrested", "in two cities: Lyon and Ghent": things counted and
//! then named one after the other.

use crate::rule::pieces;

use super::CheckContext;
use super::equation::Equation;
use super::figures::{Figure, Sentence};

/// Most words between the number and the names: what is counted.
const NOUN: usize = 4;
/// Most words between the number and a colon where they say what is done with what is counted.
const CLAUSE: usize = 7;
/// Most words of a name.
const NAME: usize = 4;
/// Most that are counted: longer lists are cut.
const MOST: usize = 12;

/// A number of things that are named behind it.
pub(super) fn equation(_: &CheckContext<'_>, sentence: &Sentence<'_>, at: usize) -> Option<Equation<'static>> {
    let figure = &sentence.figures[at];
    let (named, list) = named(sentence, figure)?;
    let stated = usize::try_from(figure.number()?.trunc().mantissa()).ok().filter(|n| (2..=MOST).contains(n))?;
    let equation = Equation::new([("count", figure.at)], stated == named, named.to_string());
    Some(equation.because(format!("{named} are named: {list}")).stating(&stated.to_string()))
}

/// How many names follow a number and its noun, and their words; `None` where no list does, or one that may be read in
/// two ways.
fn named<'s>(sentence: &'s Sentence<'_>, figure: &Figure<'_>) -> Option<(usize, &'s str)> {
    let whole = |f: &Figure<'_>| f.counts() && f.number().is_some_and(|n| n.fract().is_zero());
    let before = sentence.before(figure);
    // "The eldest of six sisters": all six are counted.
    let superlative = matches!(before.lower()[..], [.., most, "of"] if most.len() > 4 && most.ends_with("est"));
    // "Two of the three suspects, …": it is not told which of the two numbers is counted out.
    let part = !superlative && before.tail(2).any(&["of"]);
    if !whole(figure) || part || matches!(before.last(), "about" | "some" | "least" | "over") {
        return None;
    }
    let behind = sentence.behind(figure);
    let text = behind.text();
    let (at, mark) = text.char_indices().find(|(_, c)| !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '\'' | '’'))?;
    let noun = text[..at].trim();
    let lower = !noun.is_empty() && noun.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-'));
    let many = |w: &&str| w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") || w.ends_with("en") || *w == "people";
    let words = behind.bytes(0, at).lower();
    let plural = words.last().is_some_and(many) && words.len() <= NOUN && !words.contains(&"of");
    // "Ways to install it:", "ships were held in port:": what is counted, and what is said of it, with nothing else that
    // may be counted out.
    let clause = mark == ':'
        && words.len() <= CLAUSE
        && words.iter().take(2).any(many)
        && words.iter().filter(|w| many(w)).count() == 1;
    if !lower || !(plural || clause) {
        return None;
    }
    let listed = behind.bytes(at + mark.len_utf8(), text.len());
    let rest = listed.text();
    // "Five people: two men and a woman": the list counts as well.
    let counts = sentence.figures.iter().any(|f| f.span.start > figure.span.start) && !plural;
    // "Three people live here: Anna and her parents": an item may be several.
    let several = listed.lower().iter().zip(listed.written()).any(|(w, written)| {
        matches!(*w, "couple" | "family" | "pair" | "both" | "twins")
            || written.chars().all(char::is_lowercase) && many(w)
    });
    let people = words.contains(&"people") || !plural;
    if mark == ':' && (counts || several && people) {
        return None;
    }
    match mark {
        ':' => items(rest.trim_end().trim_end_matches('.'), |item| {
            (1..=NAME).contains(&pieces(item).len()) && !item.contains(|c: char| c.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use crate::check::tests::check;

    #[test]
    fn names_and_their_number() {
        let cases = [
            ("Three sailors, Jan Holm, Erik Rud and Tove Berg, were saved.", Some(true)),
            ("Four sailors, Jan Holm, Erik Rud and Tove Berg, were saved.", Some(false)),
            ("There are three ways to cross it: by ferry and by rope.", Some(false)),
            ("Two of the three sailors, Jan Holm, Erik Rud and Tove Berg, were saved.", None),
            ("Three people live here: Anna and her parents.", None),
        ];
        check("listed", &cases);
    }
}
