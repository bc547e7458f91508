//! What a claim is.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::rule::{Comparator, EntityType, Modality, Polarity, TimeNature};
use crate::text::Span;
use crate::value::{Shape, TimeValue, Value};

/// What the attribute of a rate of change ends in: "revenue growth".
pub const GROWTH: &str = " growth";

/// The scope axis of the place from which a distance is taken.
pub const FROM: &str = "from";

/// What a claim is about, as the document names it. Two documents' subjects are joined by their entity keys, not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The fullest name that the document gives ("Ada Lovelace"), or the words themselves ("the post").
    pub name: String,
    /// The kind of thing, where known.
    pub kind: EntityType,
    /// Index of the entity within its document; `None` for words that name no entity.
    pub entity: Option<u32>,
    /// The instance that is part of the subject: which announcement, round, run, edition. Empty when there is none.
    pub instance: Option<String>,
}

/// Words from which on an attribute names one quantity of its document by itself: "end-to-end training speed-up".
const SPECIFIC: usize = 3;

/// Whether an attribute names one quantity of its document by itself, so that it belongs to what the document is about.
pub(super) fn specific(attribute: &str) -> bool {
    words(attribute) >= SPECIFIC
}

/// Words of an attribute; a hyphen parts two.
fn words(attribute: &str) -> usize {
    attribute.split([' ', '-']).count()
}

/// What the ids of the rules begin with that take the figures which no other rule names; the shape of the figure follows.
pub(in crate::claim) const UNNAMED_FIGURE: &str = "quantity-";

impl Claim {
    /// Whether the attribute alone tells what is claimed of what. A description of what has a name takes a word less
    /// than one of what has a figure.
    pub(crate) fn stated_by_attribute(&self) -> bool {
        words(&self.attribute) + usize::from(&*self.kind == "identity") >= SPECIFIC
    }

    /// Whether it is a figure of which no rule names the attribute: that comes from its own words.
    pub(crate) fn is_unnamed_figure(&self) -> bool {
        self.rule.strip_prefix(UNNAMED_FIGURE).is_some_and(|shape| shape == self.shape.name())
    }
}

impl Subject {
    /// An event that no name tells apart: "run".
    pub(super) fn event(head: &str) -> Subject {
        Subject { name: head.to_owned(), kind: EntityType::Event, entity: None, instance: None }
    }

    /// What a person has posted or done, as instance of the person: "Ada Lovelace" becomes "Ada Lovelace’s post".
    /// Anything but a person, or a person's thing already, stays as it is.
    pub(super) fn of_person(self, instance: &str) -> Subject {
        if self.kind != EntityType::Person || self.instance.is_some() {
            return self;
        }
        Subject {
            name: format!("{}’s {instance}", self.name),
            kind: if instance == "move" { EntityType::Event } else { EntityType::Document },
            instance: Some(instance.to_owned()),
            ..self
        }
    }
}

/// What the words at a span do for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ContextRole {
    /// They name the subject.
    Subject,
    /// They name the other party (employer, company founded, product compared with).
    Object,
    /// They say who speaks.
    Attribution,
    /// They date the claim.
    Time,
    /// They hedge, deny or put it into the future.
    Modality,
}

impl ContextRole {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            ContextRole::Subject => "subject",
            ContextRole::Object => "object",
            ContextRole::Attribution => "attribution",
            ContextRole::Time => "time",
            ContextRole::Modality => "modality",
        }
    }
}

/// A proposition that a document puts forward, with the words it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of source id, folded sentence, value words, rule and occurrence number. Stable while the sentence is.
    pub id: String,
    /// Index of its document in the run.
    pub source: u32,
    /// The sentence, item or cell that carries it.
    pub span: Span,
    /// Exactly the words of the value; inside `span`.
    pub value_span: Span,
    /// Other words it rests on.
    pub context_spans: Vec<(ContextRole, Span)>,
    /// Open set of names: money, percent, count, role, quote …
    pub kind: Arc<str>,
    /// Closed set: which comparator reads the value.
    pub shape: Shape,
    /// What it is about; `None` when the text does not let one tell.
    pub subject: Option<Subject>,
    /// What of the subject: `valuation`, `views`, `role`.
    pub attribute: String,
    /// Attributes of one family are compared; the attribute's own name unless a rule says otherwise.
    pub family: String,
    /// Whether a subject has at most one value of this attribute at a time in one scope.
    pub single_valued: bool,
    /// How the attribute behaves in time.
    pub moves: TimeNature,
    /// The comparator that the rule asks for.
    pub comparator: Comparator,
    /// The scale on which words of this attribute are ranked, for the ladder comparator.
    pub ladder: Option<Arc<str>>,
    /// What is said.
    pub value: Value,
    /// When it held, where the text says so.
    pub as_of: Option<TimeValue>,
    /// Known qualifiers by axis: `at` → employer, `period` → Q2.
    pub scope: BTreeMap<String, String>,
    /// How it is put forward.
    pub modality: Modality,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Who the text says is speaking; `None` is the document's own voice.
    pub attributed_to: Option<String>,
    /// Id of the rule that extracted it.
    pub rule: String,
    /// Whether it stands in boilerplate: reported, never linked.
    pub noise: bool,
}

impl Claim {
    /// A claim of a kind that says no more than its value: asserted, of no subject and no time, compared as its value is.
    /// `spans` are those of its segment and of its value. What more a claim says, its maker adds; id and source come from
    /// whoever collects the claims of a document.
    pub(crate) fn plain(kind: &str, attribute: String, spans: (Span, Span), value: Value) -> Claim {
        let (shape, comparator) = match &value {
            Value::Quantity(quantity) => (quantity.shape, Comparator::Interval),
            Value::Time(_) => (Shape::Date, Comparator::Date),
            Value::Text(_) => (Shape::Text, Comparator::Words),
        };
        Claim {
            id: String::new(),
            source: 0,
            span: spans.0,
            value_span: spans.1,
            context_spans: Vec::new(),
            kind: Arc::from(kind),
            shape,
            subject: None,
            family: attribute.clone(),
            attribute,
            single_valued: false,
            moves: TimeNature::State,
            comparator,
            ladder: None,
            value,
            as_of: None,
            scope: BTreeMap::new(),
            modality: Modality::Asserted,
            polarity: Polarity::Positive,
            attributed_to: None,
            rule: kind.to_owned(),
            noise: false,
        }
    }
}
