//! Extract rules: attributes stated by their wording.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Checker, Head, Lexicon};
use crate::rule::frame::{Element, Frame, SlotName};
use crate::rule::place::Placed;
use crate::rule::schema::{ExtractExampleWire, ExtractWire, PlacedWord};
use crate::rule::vocabulary::{Comparator, EntityType, LexiconSchema, Modality, Polarity, TimeNature};
use crate::value::Shape;

/// A checked extract rule.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtractRule {
    /// Id, summary, why, file.
    pub head: Head,
    /// What its claims say something of.
    pub attribute: String,
    /// What a reader calls the attribute, where it is not its own word.
    pub called: Option<String>,
    /// The kind of its claims.
    pub kind: String,
    /// The shape of the value.
    pub shape: Shape,
    /// What the subject may be; at least one.
    pub subject: Vec<EntityType>,
    /// What the object may be; empty: whatever the frame says.
    pub object: Vec<EntityType>,
    /// The scope axis on which the object stands.
    pub object_axis: Option<String>,
    /// Attributes of one family are compared.
    pub family: String,
    /// What tells one instance of the subject from another.
    pub instance: Option<String>,
    /// Whether a subject can have only one value at a time.
    pub single_valued: bool,
    /// How the claims stand in time.
    pub time: TimeNature,
    /// The scope axes that matter.
    pub scope_axes: Vec<String>,
    /// Which comparator reads the values; it can read the shape.
    pub comparator: Comparator,
    /// The lexicon of schema `scale` for [`Comparator::Ladder`]; set if and only if it is the comparator.
    pub ladder: Option<String>,
    /// The lexicon of verbs whose subject gives the figure and does not have it.
    pub givers: Option<String>,
    /// The modality that the wording gives.
    pub modality: Option<Modality>,
    /// The polarity that the wording gives.
    pub polarity: Option<Polarity>,
    /// The wordings; at least one unless there are cues.
    pub frames: Vec<Frame>,
    /// Words that tell the attribute of a figure beside them.
    pub cues: Cues,
    /// At least two that fire and two that do not.
    pub examples: Vec<ExtractExample>,
}

/// Words that tell the attribute of a figure beside them, as lemmas. Empty for rules that have frames only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cues {
    /// Nouns that name it.
    pub nouns: Vec<String>,
    /// Verbs that tell it.
    pub verbs: Vec<String>,
    /// What a number may count besides the nouns; `@people` stands for the nouns of that lexicon.
    pub counts: Vec<String>,
    /// Whether a number beside a verb has to count something: one closes many things, but not "12".
    pub counted: bool,
    /// Whether a number has to be printed with a decimal point and without a scale.
    pub decimal: bool,
    /// The dimension of the measures that fit; a dimension of the unit table.
    pub dimension: Option<String>,
    /// What the rates that fit are counted by; without it no rate fits, save by dimension.
    pub per: Option<String>,
}

impl ExtractRule {
    /// Whether its figures differ on a scope axis.
    pub fn has_axis(&self, axis: &str) -> bool {
        self.scope_axes.iter().any(|a| a == axis)
    }

    /// Whether it tells of a thing of this kind before all others.
    pub fn is_of(&self, kind: EntityType) -> bool {
        self.subject.first() == Some(&kind)
    }
}

impl Cues {
    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.nouns.is_empty() && self.verbs.is_empty()
    }
}

/// An example of an extract rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractExample {
    /// The text.
    pub text: String,
    /// Whether a claim of this rule comes out.
    pub fires: bool,
    /// The words of its value.
    pub value: Option<String>,
    /// The words of its subject.
    pub subject: Option<String>,
    /// Why it has to stay silent; set when it does not fire.
    pub why: Option<String>,
    /// Its bytes in the file.
    pub place: Range<usize>,
}

pub(in crate::rule) fn compile(
    wire: ExtractWire,
    lexicons: &BTreeMap<String, Lexicon>,
    dimensions: Option<&BTreeSet<&str>>,
    checker: &mut Checker<'_>,
) -> Option<ExtractRule> {
    let head = checker.head(wire.id, wire.summary, wire.why);
    let attribute = checker.name(wire.attribute, "attribute");
    let called = wire.called.as_ref().and_then(|w| checker.not_empty(w, "called"));
    let kind = checker.name(wire.kind, "kind");
    let shape: Option<Shape> = checker.one(wire.shape, "shape");
    let subject = checker.some_at_least_one(wire.subject, "subject");
    let object = checker.some(&wire.object);
    let object_axis = checker.maybe_name(wire.object_axis.as_ref(), "object_axis");
    let family = checker.maybe_name(wire.family.as_ref(), "family");
    let instance = wire.instance.as_ref().and_then(|w| checker.not_empty(w, "instance"));
    let time = checker.maybe(wire.time.as_ref()).unwrap_or(TimeNature::State);
    let scope_axes = checker.names(&wire.scope_axes, "scope_axes");
    let comparator = comparator(wire.comparator.as_ref(), shape, checker);
    let ladder = ladder(wire.ladder, comparator, lexicons, checker);
    let givers = wire.givers.filter(|word| {
        let known = lexicons.contains_key(&word.value);
        if !known {
            checker.faults.unknown(&word.span, "lexicon", &word.value, lexicons.keys().map(String::as_str));
        }
        known
    });
    let modality = checker.maybe(wire.modality.as_ref());
    let polarity = checker.maybe(wire.polarity.as_ref());
    let mut cues = cues(wire.nouns, wire.verbs, &wire.counts, shape, lexicons, checker);
    cues.dimension = wire.dimension.as_ref().and_then(|w| dimension(w, shape, dimensions, checker));
    cues.counted = wire.counted;
    cues.decimal = wire.decimal;
    cues.per = wire.per.as_ref().and_then(|w| checker.not_empty(w, "per"));
    let frames = match wire.frames {
        None if !cues.is_empty() => Some(Vec::new()),
        frames => self::frames(frames, shape, subject.as_deref(), lexicons, checker),
    };
    let firing = wire.example.iter().filter(|e| e.value.fires.as_ref().is_some_and(|f| f.value)).count();
    checker.enough_examples(firing, wire.example.len() - firing);
    let examples = wire.example.into_iter().filter_map(|e| example(e, checker)).collect();
    let attribute = attribute?;
    Some(ExtractRule {
        head: head?,
        family: family.unwrap_or_else(|| attribute.clone()),
        attribute,
        called,
        kind: kind?,
        shape: shape?,
        subject: subject?,
        object,
        object_axis,
        instance,
        single_valued: wire.single_valued,
        time,
        scope_axes,
        comparator: comparator?,
        ladder,
        givers: givers.map(|word| word.value),
        modality,
        polarity,
        frames: frames?,
        cues,
        examples,
    })
}

fn comparator(word: Option<&PlacedWord>, shape: Option<Shape>, checker: &mut Checker<'_>) -> Option<Comparator> {
    let Some(word) = word else { return shape.map(Comparator::default_for) };
    let comparator: Comparator = checker.faults.word(word)?;
    if let Some(shape) = shape
        && !comparator.reads(shape)
    {
        let message = format!("comparator `{}` cannot read values of shape `{}`", comparator.name(), shape.name());
        let help = format!("the default comparator is `{}`", Comparator::default_for(shape).name());
        checker.faults.push_with(&word.span, message, help);
    }
    Some(comparator)
}

fn ladder(
    word: Option<PlacedWord>,
    comparator: Option<Comparator>,
    lexicons: &BTreeMap<String, Lexicon>,
    checker: &mut Checker<'_>,
) -> Option<String> {
    if comparator == Some(Comparator::Ladder) {
        checker.need(word.as_ref(), "ladder");
    }
    let word = word?;
    if comparator.is_some_and(|c| c != Comparator::Ladder) {
        checker.faults.push_with(
            &word.span,
            "only the comparator `ladder` reads a ladder",
            "add comparator = \"ladder\"",
        );
    }
    match lexicons.get(&word.value) {
        None => {
            let scales = lexicons.values().filter(|l| l.schema == LexiconSchema::Scale);
            checker.faults.unknown(&word.span, "lexicon", &word.value, scales.map(|l| l.head.id.as_str()));
        }
        Some(lexicon) if lexicon.schema != LexiconSchema::Scale => {
            checker.faults.push(&word.span, format!("lexicon `{}` is not of schema `scale`", word.value));
        }
        Some(_) => {}
    }
    Some(word.value)
}

fn frames(
    words: Option<Placed<Vec<PlacedWord>>>,
    shape: Option<Shape>,
    subject: Option<&[EntityType]>,
    lexicons: &BTreeMap<String, Lexicon>,
    checker: &mut Checker<'_>,
) -> Option<Vec<Frame>> {
    let words = checker.need(words, "frames")?;
    if words.value.is_empty() {
        checker.faults.push(&words.span, "`frames` is empty");
    }
    let mut out = Vec::new();
    for word in &words.value {
        match Frame::parse(&word.value, lexicons) {
            Ok(frame) => {
                slots(&frame.elements, &mut |name, types| {
                    let strange = |known: &dyn Fn(&str) -> bool| types.iter().find(|t| !known(t.as_str())).cloned();
                    let found = match (name, shape, subject) {
                        (SlotName::Value, Some(shape), _) => strange(&|t| t == shape.name()),
                        (SlotName::Subject, _, Some(known)) if !known.contains(&EntityType::Any) => {
                            strange(&|t| known.iter().any(|k| k.name() == t))
                        }
                        _ => None,
                    };
                    if let Some(found) = found {
                        let key = if name == SlotName::Value { "shape" } else { "subject" };
                        let message = format!("slot asks for `{found}`, which `{key}` of the rule does not have");
                        checker.faults.push(&word.span, message);
                    }
                });
                out.push(frame);
            }
            Err(errors) => errors.into_iter().for_each(|error| checker.faults.error(&word.span, error)),
        }
    }
    Some(out)
}

/// The cues of a rule; only figures have them.
fn cues(
    nouns: Option<Placed<Vec<PlacedWord>>>,
    verbs: Option<Placed<Vec<PlacedWord>>>,
    counts: &[PlacedWord],
    shape: Option<Shape>,
    lexicons: &BTreeMap<String, Lexicon>,
    checker: &mut Checker<'_>,
) -> Cues {
    let figure = !matches!(shape, Some(Shape::Text | Shape::Quote | Shape::Date));
    let mut words = |list: Option<Placed<Vec<PlacedWord>>>, key: &str| {
        let Some(list) = list else { return Vec::new() };
        if !figure {
            checker.faults.push(&list.span, format!("only figures have `{key}`: words and dates come from frames"));
        }
        list.value.iter().filter_map(|w| checker.not_empty(w, key)).collect()
    };
    let (nouns, verbs) = (words(nouns, "nouns"), words(verbs, "verbs"));
    for word in counts {
        if let Some(id) = word.value.strip_prefix('@').filter(|id| !lexicons.contains_key(*id)) {
            checker.faults.unknown(&word.span, "lexicon", id, lexicons.keys().map(String::as_str));
        }
    }
    let counts = counts.iter().filter_map(|w| checker.not_empty(w, "counts")).collect();
    Cues { nouns, verbs, counts, ..Cues::default() }
}

/// The dimension that a rule names; only measures have several. `known` are those of the unit table, if it could be read.
fn dimension(
    word: &PlacedWord,
    shape: Option<Shape>,
    known: Option<&BTreeSet<&str>>,
    checker: &mut Checker<'_>,
) -> Option<String> {
    if shape.is_some_and(|s| s != Shape::Measure) {
        checker.faults.push(&word.span, "only rules of shape `measure` have `dimension`");
    }
    match known {
        Some(known) if !known.contains(word.value.as_str()) => {
            checker.faults.unknown(&word.span, "dimension", &word.value, known.iter().copied());
            None
        }
        _ => Some(word.value.clone()),
    }
}

fn slots(elements: &[Element], visit: &mut impl FnMut(SlotName, &[String])) {
    for element in elements {
        match element {
            Element::Slot { name, types } => visit(*name, types),
            Element::Choice { arms, .. } => arms.iter().for_each(|arm| slots(arm, visit)),
            Element::Capture(inner) => slots(inner, visit),
            Element::Word(_) | Element::Lexicon { .. } | Element::Gap { .. } | Element::Mark(_) => {}
        }
    }
}

pub(super) fn example(wire: Placed<ExtractExampleWire>, checker: &mut Checker<'_>) -> Option<ExtractExample> {
    let (place, wire) = (wire.span, wire.value);
    let text = checker.need_in(wire.text, "text", &place);
    let fires = checker.need_in(wire.fires, "fires", &place);
    let silent = fires.as_ref().is_some_and(|f| !f.value);
    let why = checker.reason(wire.why.as_ref(), silent, &place);
    for (word, key) in [(&wire.value, "value"), (&wire.subject, "subject")] {
        if let (Some(word), Some(text)) = (word, &text)
            && !text.value.contains(&word.value)
        {
            checker.faults.push(&word.span, format!("`{key}` of the example is not in its text"));
        }
    }
    let (value, subject) = (wire.value.map(|w| w.value), wire.subject.map(|w| w.value));
    Some(ExtractExample { text: text?.value, fires: fires?.value, value, subject, why, place })
}
