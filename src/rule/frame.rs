//! The frame language: how a wording is written down in a rule.
//!
//! Comes in: the text of one frame. Goes out: its elements, or every error in it with its place. A frame cannot loop and
//! cannot name another frame. Matching is not done here; the claim stage does it.
//!
//! ```text
//! <subject> be? valued at <value>              words are lemmas in lower case; `?` makes the element before it optional
//! (join|move to) {0,3} <object:org|team>       choices; gaps of so many tokens; slots with types
//! <subject> be [ @titles:executive of {0,2} team ]  a lexicon or one class of it; `[…]` holds the words of the value
//! <subject> "," [ @titles ]                    marks stand in quotation marks
//! ```

mod parse;
mod verify;

use super::fault::ExpressionError;
use super::vocabulary::EntityType;
use crate::value::Shape;

/// A checked frame.
///
/// On every path through it there is exactly one value (a `<value>` slot or a capture) and at least one word or lexicon;
/// no path begins or ends with a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What has to stand one behind the other.
    pub elements: Vec<Element>,
    /// As written in the rule.
    pub source: String,
}

/// One element of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// A word whose lemma is this.
    Word(String),
    /// A term of a lexicon, or of one class of it.
    Lexicon {
        /// The lexicon; known when the rule was loaded.
        id: String,
        /// The class; some row has it.
        class: Option<String>,
    },
    /// So many tokens of any kind.
    Gap {
        /// The fewest.
        min: u8,
        /// The most; at least `min`, at most [`MAX_GAP`].
        max: u8,
    },
    /// A mention.
    Slot {
        /// What it is for.
        name: SlotName,
        /// What it may be: entity types, or shapes for a value. Empty: whatever the rule says.
        types: Vec<String>,
    },
    /// A mark that is a token of its own.
    Mark(char),
    /// One of several sequences; with `optional` also none. `word?` is one arm and optional.
    Choice {
        /// The sequences, in the order in which they are tried; none is empty.
        arms: Vec<Vec<Element>>,
        /// Whether it may be passed over.
        optional: bool,
    },
    /// The words that are the value. Captures do not nest.
    Capture(Vec<Element>),
}

/// What a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotName {
    /// Whom or what the claim is about.
    Subject,
    /// The value of the claim.
    Value,
    /// What the claim relates the subject to.
    Object,
    /// A date or a part of one.
    Time,
    /// A place.
    Place,
    /// A person.
    Person,
    /// An organisation.
    Org,
    /// Any name.
    Name,
    /// A word or phrase that is itself spoken of.
    Term,
    /// Quoted words.
    Quote,
}

impl SlotName {
    /// All slots with their names in frames.
    pub const ALL: [(SlotName, &'static str); 10] = [
        (SlotName::Subject, "subject"),
        (SlotName::Value, "value"),
        (SlotName::Object, "object"),
        (SlotName::Time, "time"),
        (SlotName::Place, "place"),
        (SlotName::Person, "person"),
        (SlotName::Org, "org"),
        (SlotName::Name, "name"),
        (SlotName::Term, "term"),
        (SlotName::Quote, "quote"),
    ];

    /// The name in frames.
    pub fn name(self) -> &'static str {
        SlotName::ALL.iter().find(|(s, _)| *s == self).map_or("", |(_, n)| n)
    }

    /// The slot of a name.
    pub fn parse(name: &str) -> Option<SlotName> {
        SlotName::ALL.iter().find(|(_, n)| *n == name).map(|(s, _)| *s)
    }

    /// The words that may stand behind its colon.
    fn types(self) -> Vec<&'static str> {
        match self {
            SlotName::Subject | SlotName::Object | SlotName::Name => EntityType::ALL.iter().map(|t| t.name()).collect(),
            SlotName::Value => Shape::ALL.iter().map(|(_, word)| *word).collect(),
            _ => Vec::new(),
        }
    }
}

/// The most elements of a frame, all arms counted.
pub const MAX_ELEMENTS: usize = 40;
/// The most tokens a gap may pass over.
pub const MAX_GAP: u8 = 12;

/// What the frame needs to know of the lexicons.
pub trait Lexicons {
    /// The ids that a frame may name.
    fn ids(&self) -> Vec<&str>;
    /// The classes of one of them; `None` when there is no such lexicon.
    fn classes(&self, id: &str) -> Option<Vec<&str>>;
}

impl Frame {
    /// Reads and checks a frame.
    ///
    /// # Errors
    /// All errors found; a frame that cannot be read has exactly one.
    pub fn parse(source: &str, lexicons: &impl Lexicons) -> Result<Frame, Vec<ExpressionError>> {
        let (elements, errors) = parse::parse(source, lexicons).map_err(|error| vec![error])?;
        let errors = if errors.is_empty() { verify::verify(source, &elements) } else { errors };
        if errors.is_empty() { Ok(Frame { elements, source: source.to_owned() }) } else { Err(errors) }
    }

    /// The words and lexicons of the frame, arms included, in order: for a prefilter.
    pub fn anchors(&self) -> Vec<&Element> {
        fn collect<'a>(elements: &'a [Element], out: &mut Vec<&'a Element>) {
            for element in elements {
                match element {
                    Element::Word(_) | Element::Lexicon { .. } => out.push(element),
                    Element::Choice { arms, .. } => arms.iter().for_each(|arm| collect(arm, out)),
                    Element::Capture(inner) => collect(inner, out),
                    Element::Gap { .. } | Element::Slot { .. } | Element::Mark(_) => {}
                }
            }
        }
        let mut out = Vec::new();
        collect(&self.elements, &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    struct Table(BTreeMap<&'static str, Vec<&'static str>>);

    impl Lexicons for Table {
        fn ids(&self) -> Vec<&str> {
            self.0.keys().copied().collect()
        }
        fn classes(&self, id: &str) -> Option<Vec<&str>> {
            self.0.get(id).cloned()
        }
    }

    fn table() -> Table {
        Table(BTreeMap::from([("titles", vec!["executive", "staff"]), ("join", vec![])]))
    }

    /// `source` with its errors underlined, or its elements in one line.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let actual = match Frame::parse(source, &table()) {
            Ok(frame) => show(&frame.elements),
            Err(errors) => errors
                .iter()
                .map(|s| {
                    let help = s.help.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
                    format!("`{}` {}{help}", &source[s.at.clone()], s.message)
                })
                .collect::<Vec<_>>()
                .join("; "),
        };
        assert_eq!(actual, expected);
    }

    fn show(elements: &[Element]) -> String {
        let one = |e: &Element| match e {
            Element::Word(word) => word.clone(),
            Element::Lexicon { id, class } => {
                format!("@{id}{}", class.as_deref().map_or(String::new(), |c| format!(":{c}")))
            }
            Element::Gap { min, max } => format!("{{{min},{max}}}"),
            Element::Slot { name, types } if types.is_empty() => format!("<{}>", name.name()),
            Element::Slot { name, types } => format!("<{}:{}>", name.name(), types.join("|")),
            Element::Mark(mark) => format!("\"{mark}\""),
            Element::Choice { arms, optional } => {
                let arms: Vec<_> = arms.iter().map(|arm| show(arm)).collect();
                format!("({}){}", arms.join("|"), if *optional { "?" } else { "" })
            }
            Element::Capture(inner) => format!("[{}]", show(inner)),
        };
        elements.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn reads_every_element() {
        check("<subject> be? valued at <value>", "<subject> (be)? valued at <value>");
        check(
            "<subject> (join|move to)  {0,3} [<object:org|team>]",
            "<subject> (join|move to) {0,3} [<object:org|team>]",
        );
        check(
            r#"<person> "," (the)? [@titles:executive] of <subject>"#,
            r#"<person> "," (the)? [@titles:executive] of <subject>"#,
        );
        check("(value|worth|price tag of)? cost <value:money>", "(value|worth|price tag of)? cost <value:money>");
        check("@join <value>|", "`|` unexpected `|` (choices stand in brackets: `(a|b)`)");
        check("<time>? in <value:percent>", "(<time>)? in <value:percent>");
        check("a (b (c|d)?|e) <value>", "a (b (c|d)?|e) <value>");
    }

    #[test]
    fn what_is_wrong_is_shown_where_it_stands() {
        check("", "`` frame is empty");
        check("Valued at <value>", "`Valued` word in upper case (words are lemmas in lower case: `valued`)");
        check("worth <valu>", "`valu` unknown slot `valu` (did you mean `value`?)");
        check("worth <value:mony>", "`mony` unknown shape `mony` (did you mean `money`?)");
        check("<subject:orgs> worth <value>", "`orgs` unknown entity type `orgs` (did you mean `org`?)");
        check("in <time:org> <value>", "`org` slot `time` takes no types");
        check("worth <value", "`<value` slot is not closed (write `<value>`)");
        check("@title <value>", "`title` unknown lexicon `title` (did you mean `titles`?)");
        check("@titles:exec <value>", "`exec` lexicon `titles` has no class `exec` (did you mean `executive`?)");
        check("@join:x <value>", "`x` lexicon `join` has no class `x` (there is none to choose from)");
        check("(a|b <value>", "`(` bracket is not closed");
        check("a) <value>", "`)` bracket was never opened");
        check("a [<name>", "`[` bracket is not closed");
        check("(a|) <value>", "`)` choice is empty (write `(…)?` for what may be missing)");
        check("a <value> , b", "`,` unexpected `,` (a mark stands in quotation marks: `\",\"`)");
        check("a \"ab\" <value>", "`\"ab\"` mark is not one character (a mark stands in quotation marks: `\",\"`)");
        check("a {0,13} <value>", "`{0,13}` gap is wider than 12");
        check("a {3,1} <value>", "`{3,1}` gap ends before it begins");
        check("a {3} <value>", "`{3}` gap is not written `{m,n}`");
        check("a ?? <value>", "`?` nothing to make optional");
        check("?", "`?` nothing to make optional");
    }

    #[test]
    fn shape_of_the_whole() {
        check(
            "worth nothing",
            "`worth nothing` frame has no value (write `<value>`, or `[…]` around the words that are the value)",
        );
        check(
            "worth <value>?",
            "`worth <value>?` frame can match without a value (write `<value>`, or `[…]` around the words that are the value)",
        );
        check("worth <value> or <value>", "`worth <value> or <value>` frame can match with more than one value");
        check("worth [a] <value>", "`worth [a] <value>` frame can match with more than one value");
        check("worth (<value>|[<name>])", "worth (<value>|[<name>])");
        check("a [b [c]]", "`[c]` captures do not nest");
        check("worth [<value>]", "`worth [<value>]` a capture already is the value (drop the brackets or the slot)");
        check(
            "<subject> {0,2} <value>",
            "`<subject> {0,2} <value>` frame can match without a single word (a word or a lexicon has to anchor it)",
        );
        check(
            "<subject> be? <value>",
            "`<subject> be? <value>` frame can match without a single word (a word or a lexicon has to anchor it)",
        );
        check("{0,2} worth <value>", "`{0,2} worth <value>` frame begins with a gap");
        check("a? {0,2} worth <value>", "`a? {0,2} worth <value>` frame begins with a gap");
        check(
            "worth <value> ({0,2} a?)?",
            "`worth <value> ({0,2} a?)?` frame ends with a gap (only a capture may end with one: it then runs to the end of the clause)",
        );
        check(
            "<subject> and <subject> be <value>",
            "`<subject> and <subject> be <value>` frame has two slots `<subject>` on one path",
        );
        check("(<subject> own|own by <subject>) <value>", "(<subject> own|own by <subject>) <value>");
    }

    #[test]
    fn size_is_limited() {
        let long = format!("{} <value>", "a ".repeat(45));
        check(&long, "`a` frame has more than 40 elements");
        let deep = format!("{}a{} <value>", "(".repeat(10_000), ")".repeat(10_000));
        check(&deep, "`(` frame has more than 40 elements");
    }

    proptest! {
        #[test]
        fn never_panics(source in "[a-z<>(){}|?@:,\"\\[\\] 0-9é]{0,60}") {
            if let Err(errors) = Frame::parse(&source, &table()) {
                for error in errors {
                    prop_assert!(source.get(error.at.clone()).is_some(), "{error:?}");
                }
            }
        }
    }
}
