//! What rule files look like: the wire types, and their JSON schemas.
//!
//! Comes in: TOML. Goes out: the keys of a file with their places, nothing checked beyond their types. Keys that a file
//! must have are optional here, so that a missing one is reported together with all else; the schema says which they are.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::place::Placed;
use super::vocabulary::{
    Bind, CheckCode, Comparator, EntityType, Expected, KindCode, LexiconSchema, ListPart, Missing, Modality, Order,
    Polarity, PolarityPair, Relation, Severity, Shared, TimeNature, Verdict, Vocabulary,
};
use crate::value::{Judgement, Shape};

/// A word as written, with its place.
pub(super) type PlacedWord = Placed<String>;

/// The schemas of the four kinds of rule files, by folder; files of `extract/` with the key `code` have their own.
pub fn schema() -> serde_json::Value {
    serde_json::json!({
        "lexicon": schemars::schema_for!(LexiconWire),
        "extract": schemars::schema_for!(ExtractWire),
        "extract-code": schemars::schema_for!(KindWire),
        "relate": schemars::schema_for!(RelateWire),
        "check": schemars::schema_for!(CheckWire),
    })
}

/// One word of a closed set.
fn one<V: Vocabulary>(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "string", "enum": V::words() })
}

/// Several words of a closed set.
fn some<V: Vocabulary>(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "array", "items": { "type": "string", "enum": V::words() } })
}

/// `rules/lexicon/<id>.toml` of the schemas `terms`, `names` and `scale`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "lexicon")]
pub(super) struct LexiconWire {
    /// The file name without its ending.
    #[schemars(required)]
    pub id: Option<PlacedWord>,
    /// One line.
    #[schemars(required)]
    pub summary: Option<PlacedWord>,
    /// Why it exists.
    #[schemars(required)]
    pub why: Option<PlacedWord>,
    /// How the rows are laid out.
    #[schemars(schema_with = "one::<LexiconSchema>")]
    pub schema: Option<PlacedWord>,
    /// Whether a word of the text may be an inflected form of a term; true unless said otherwise.
    pub inflect: Option<bool>,
    /// The rows.
    #[serde(default)]
    pub row: Vec<Placed<RowWire>>,
    /// At least two that fire and two that do not.
    #[serde(default)]
    pub example: Vec<Placed<LexiconExampleWire>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "row")]
pub(super) struct RowWire {
    /// What the row is called; itself a form.
    #[schemars(required)]
    pub key: Option<PlacedWord>,
    /// Further forms, in lemma form.
    #[serde(default)]
    pub forms: Vec<PlacedWord>,
    /// What a reader calls it, where a report names it: "the robbery" for "rob".
    pub called: Option<PlacedWord>,
    /// A class that frames can ask for.
    pub class: Option<PlacedWord>,
    /// The scale it stands on (`schema = "scale"`).
    pub axis: Option<PlacedWord>,
    /// Where it stands on the scale, the strongest highest.
    pub rank: Option<Placed<i64>>,
    /// For the reader.
    pub note: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "example")]
pub(super) struct LexiconExampleWire {
    /// The text.
    #[schemars(required)]
    pub text: Option<PlacedWord>,
    /// Whether the lexicon finds something in it.
    #[schemars(required)]
    pub fires: Option<Placed<bool>>,
    /// The key of the row that it finds.
    pub row: Option<PlacedWord>,
    /// Why it has to stay silent.
    pub why: Option<PlacedWord>,
}

/// `rules/extract/<id>.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "extract rule")]
pub(super) struct ExtractWire {
    /// The file name without its ending.
    #[schemars(required)]
    pub id: Option<PlacedWord>,
    /// One line.
    #[schemars(required)]
    pub summary: Option<PlacedWord>,
    /// Why it exists.
    #[schemars(required)]
    pub why: Option<PlacedWord>,
    /// What the claims say something of.
    #[schemars(required)]
    pub attribute: Option<PlacedWord>,
    /// What a reader calls that, where it is not the attribute itself: "people aboard".
    pub called: Option<PlacedWord>,
    /// The kind of the claims: an open set.
    #[schemars(required)]
    pub kind: Option<PlacedWord>,
    /// The shape of the value.
    #[schemars(schema_with = "one::<Shape>")]
    pub shape: Option<PlacedWord>,
    /// What the subject may be.
    #[schemars(schema_with = "some::<EntityType>")]
    pub subject: Option<Placed<Vec<PlacedWord>>>,
    /// What the object may be.
    #[serde(default)]
    #[schemars(schema_with = "some::<EntityType>")]
    pub object: Vec<PlacedWord>,
    /// The scope axis on which the object stands.
    pub object_axis: Option<PlacedWord>,
    /// Attributes of one family are compared; the attribute itself if missing.
    pub family: Option<PlacedWord>,
    /// What tells one instance of the subject from another.
    pub instance: Option<PlacedWord>,
    /// Whether a subject can have only one value at a time.
    #[serde(default)]
    pub single_valued: bool,
    /// How the claims stand in time; `state` if missing.
    #[serde(default)]
    #[schemars(schema_with = "one::<TimeNature>")]
    pub time: Option<PlacedWord>,
    /// The scope axes that matter.
    #[serde(default)]
    pub scope_axes: Vec<PlacedWord>,
    /// Which comparator reads the values; by the shape if missing.
    #[serde(default)]
    #[schemars(schema_with = "one::<Comparator>")]
    pub comparator: Option<PlacedWord>,
    /// The lexicon of schema `scale` that the comparator `ladder` reads.
    pub ladder: Option<PlacedWord>,
    /// The lexicon of verbs whose subject gives the figure and does not have it: who leads a round has not raised it.
    pub givers: Option<PlacedWord>,
    /// The modality that the wording gives.
    #[serde(default)]
    #[schemars(schema_with = "one::<Modality>")]
    pub modality: Option<PlacedWord>,
    /// The polarity that the wording gives.
    #[serde(default)]
    #[schemars(schema_with = "one::<Polarity>")]
    pub polarity: Option<PlacedWord>,
    /// The wordings, in the frame language. A rule has frames, or cues, or both.
    pub frames: Option<Placed<Vec<PlacedWord>>>,
    /// Nouns that name the attribute of a figure beside them: "revenue", "death toll". Lemmas.
    pub nouns: Option<Placed<Vec<PlacedWord>>>,
    /// Verbs that tell it: "earn", "kill". Lemmas.
    pub verbs: Option<Placed<Vec<PlacedWord>>>,
    /// What a number may count besides the nouns: "people". Lemmas.
    #[serde(default)]
    pub counts: Vec<PlacedWord>,
    /// Whether a number beside a verb has to count something: one closes many things, but not "12".
    #[serde(default)]
    pub counted: bool,
    /// Whether a number has to be printed with a decimal point and without a scale: "a 6.4 quake", but not "12 quakes".
    #[serde(default)]
    pub decimal: bool,
    /// The dimension that a measure must have to fit the cues: "length", "power". Any if missing.
    pub dimension: Option<PlacedWord>,
    /// What the figures are counted by, as the unit table names it: "share". A rule with it takes such rates only, one
    /// without it takes no rate, save by `dimension`.
    pub per: Option<PlacedWord>,
    /// Whether it takes the place of a rule with this id.
    #[serde(default)]
    pub replaces: bool,
    /// At least two that fire and two that do not.
    #[serde(default)]
    pub example: Vec<Placed<ExtractExampleWire>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "example")]
pub(super) struct ExtractExampleWire {
    /// The text.
    #[schemars(required)]
    pub text: Option<PlacedWord>,
    /// Whether a claim comes out.
    #[schemars(required)]
    pub fires: Option<Placed<bool>>,
    /// The words of its value.
    pub value: Option<PlacedWord>,
    /// The words of its subject.
    pub subject: Option<PlacedWord>,
    /// Why it has to stay silent.
    pub why: Option<PlacedWord>,
}

/// `rules/extract/<id>.toml` of claims that code finds.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "extract rule that is code")]
pub(super) struct KindWire {
    /// The file name without its ending.
    #[schemars(required)]
    pub id: Option<PlacedWord>,
    /// One line.
    #[schemars(required)]
    pub summary: Option<PlacedWord>,
    /// Why it exists.
    #[schemars(required)]
    pub why: Option<PlacedWord>,
    /// Which code finds them.
    #[schemars(schema_with = "one::<KindCode>")]
    pub code: Option<PlacedWord>,
    /// Whether it takes the place of a rule with this id.
    #[serde(default)]
    pub replaces: bool,
    /// At least two that fire and two that do not.
    #[serde(default)]
    pub example: Vec<Placed<ExtractExampleWire>>,
}

/// `rules/relate/<id>.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "relate rule")]
pub(super) struct RelateWire {
    /// The file name without its ending.
    #[schemars(required)]
    pub id: Option<PlacedWord>,
    /// One line.
    #[schemars(required)]
    pub summary: Option<PlacedWord>,
    /// Why it exists.
    #[schemars(required)]
    pub why: Option<PlacedWord>,
    /// Lower is tried first; rules of one order by id.
    #[schemars(required)]
    pub order: Option<Placed<i64>>,
    /// The relation it gives.
    #[schemars(schema_with = "one::<Relation>")]
    pub relation: Option<PlacedWord>,
    /// How grave it is.
    #[schemars(schema_with = "one::<Severity>")]
    pub severity: Option<PlacedWord>,
    /// One line with both values in it, with placeholders.
    #[schemars(required)]
    pub message: Option<PlacedWord>,
    /// What to do, with placeholders.
    #[schemars(required)]
    pub help: Option<PlacedWord>,
    /// When it applies.
    #[schemars(required)]
    pub when: Option<Placed<WhenWire>>,
    /// Whether it takes the place of a rule with this id.
    #[serde(default)]
    pub replaces: bool,
    /// At least two that fire and two that do not.
    #[serde(default)]
    pub example: Vec<Placed<RelateExampleWire>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "when")]
pub(super) struct WhenWire {
    /// One of these judgements.
    #[schemars(schema_with = "some::<Judgement>")]
    pub judgement: Option<Placed<Vec<PlacedWord>>>,
    /// By one of these comparators; by any if missing.
    #[serde(default)]
    #[schemars(schema_with = "some::<Comparator>")]
    pub comparator: Vec<PlacedWord>,
    /// Of one of these kinds; of any if missing.
    #[serde(default)]
    pub kind: Vec<PlacedWord>,
    /// Of one of these shapes; of any if missing.
    #[serde(default)]
    #[schemars(schema_with = "some::<Shape>")]
    pub shape: Vec<PlacedWord>,
    /// What the gate of entities may say; `["same"]` if missing, as for all gates.
    #[serde(default)]
    #[schemars(schema_with = "some::<Verdict>")]
    pub entity: Option<Placed<Vec<PlacedWord>>>,
    /// The gate of attributes.
    #[serde(default)]
    #[schemars(schema_with = "some::<Verdict>")]
    pub attribute: Option<Placed<Vec<PlacedWord>>>,
    /// The gate of units.
    #[serde(default)]
    #[schemars(schema_with = "some::<Verdict>")]
    pub unit: Option<Placed<Vec<PlacedWord>>>,
    /// The gate of scopes.
    #[serde(default)]
    #[schemars(schema_with = "some::<Verdict>")]
    pub scope: Option<Placed<Vec<PlacedWord>>>,
    /// The gate of time.
    #[serde(default)]
    #[schemars(schema_with = "some::<Verdict>")]
    pub time: Option<Placed<Vec<PlacedWord>>>,
    /// The gate of modality.
    #[serde(default)]
    #[schemars(schema_with = "some::<Verdict>")]
    pub modality: Option<Placed<Vec<PlacedWord>>>,
    /// Whether the value can move in time.
    pub moving: Option<bool>,
    /// How the value stands in time.
    #[serde(default)]
    #[schemars(schema_with = "some::<TimeNature>")]
    pub nature: Vec<PlacedWord>,
    /// Whether the weaker claim is hedged or reported.
    pub hedged: Option<bool>,
    /// Whether both affirm or deny, or one denies what the other affirms.
    #[serde(default)]
    #[schemars(schema_with = "one::<PolarityPair>")]
    pub polarity: Option<PlacedWord>,
    /// Whether both stand in one source.
    pub same_source: Option<bool>,
    /// Whether both attributes have one value at a time.
    pub single_valued: Option<bool>,
    /// On how many sides, at least, a rule tells the attribute.
    pub stated: Option<u32>,
    /// Whether both name their subject.
    pub named: Option<bool>,
    /// How alike they are worded, at least, in thousandths: documents of one event cluster only.
    pub alike: Option<u32>,
    /// How many thousandths of the words of the poorer sentence the richer one has, the values left out, at least.
    pub parallel: Option<u32>,
    /// The same of two brief texts.
    pub brief: Option<u32>,
    /// Of conflicts: where the evidence for the pair is weighed, how sure it is at least, in thousandths.
    pub weighed: Option<u16>,
    /// Whether their sentences are the same word for word, the values left out.
    pub same_words: Option<bool>,
    /// How sure the evidence has to be that both are of one thing, in thousandths.
    pub confidence: Option<u32>,
    /// The same of two documents of a single sentence each; without it, the rule says nothing of them.
    pub single_confidence: Option<u32>,
    /// The same of a statement and its source, unless each is a single sentence; without it, `confidence`.
    pub query_confidence: Option<u32>,
    /// The same of two documents whose sentences differ in one spot alone; without it, `confidence`.
    pub one_spot_confidence: Option<u32>,
    /// The same of two sentences of one document; without it, the rule says nothing of them.
    pub one_document_confidence: Option<u32>,
    /// Whether their subjects are two spellings of what may be one name: documents of one event cluster only.
    pub spelling: Option<bool>,
    /// What has to be missing.
    #[serde(default)]
    #[schemars(schema_with = "some::<Missing>")]
    pub missing: Vec<PlacedWord>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "example")]
pub(super) struct RelateExampleWire {
    /// One text.
    #[schemars(required)]
    pub a: Option<PlacedWord>,
    /// The other.
    #[schemars(required)]
    pub b: Option<PlacedWord>,
    /// Whether the rule links them.
    #[schemars(required)]
    pub fires: Option<Placed<bool>>,
    /// Why it has to stay silent.
    pub why: Option<PlacedWord>,
}

/// `rules/check/<id>.toml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "check rule")]
pub(super) struct CheckWire {
    /// The file name without its ending.
    #[schemars(required)]
    pub id: Option<PlacedWord>,
    /// One line.
    #[schemars(required)]
    pub summary: Option<PlacedWord>,
    /// Why it exists.
    #[schemars(required)]
    pub why: Option<PlacedWord>,
    /// How grave it is when it fails.
    #[schemars(schema_with = "one::<Severity>")]
    pub severity: Option<PlacedWord>,
    /// The code that computes it, in place of `bind`, `same`, `unless`, `needs_support`, `roles` and `holds`.
    #[serde(default)]
    #[schemars(schema_with = "one::<CheckCode>")]
    pub code: Option<PlacedWord>,
    /// Where the roles are looked for together.
    #[serde(default)]
    #[schemars(schema_with = "one::<Bind>")]
    pub bind: Option<PlacedWord>,
    /// What the claims bound to the roles have to share.
    #[serde(default)]
    #[schemars(schema_with = "some::<Shared>")]
    pub same: Vec<PlacedWord>,
    /// `@lexicon` or `@lexicon:class`: where a term of it stands, the form is not what is meant, and is not checked.
    pub unless: Option<PlacedWord>,
    /// Whether a row that fails counts only where another row of its table supports the form: heads such as "Total" and
    /// "Profit" stand over other things as well. The same for columns.
    pub needs_support: Option<Placed<bool>>,
    /// The roles.
    #[serde(default)]
    pub roles: BTreeMap<PlacedWord, RoleWire>,
    /// The formula over the roles.
    pub holds: Option<PlacedWord>,
    /// What to say when it fails, with placeholders.
    #[schemars(required)]
    pub message: Option<PlacedWord>,
    /// What to say when it holds, with placeholders; only code that can merely fail has none.
    pub holds_message: Option<PlacedWord>,
    /// What to do, with placeholders.
    #[schemars(required)]
    pub help: Option<PlacedWord>,
    /// Whether it takes the place of a rule with this id.
    #[serde(default)]
    pub replaces: bool,
    /// At least two on which it speaks and two on which it does not.
    #[serde(default)]
    pub example: Vec<Placed<CheckExampleWire>>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "role")]
pub(super) struct RoleWire {
    /// The shape of what is bound to it.
    #[serde(default)]
    #[schemars(schema_with = "one::<Shape>")]
    pub shape: Option<PlacedWord>,
    /// The kind of the claim bound to it.
    pub kind: Option<PlacedWord>,
    /// The attribute of the claim bound to it.
    pub attribute: Option<PlacedWord>,
    /// `@lexicon` or `@lexicon:class`: a term of it is what the date bound to it is a date of.
    pub event: Option<PlacedWord>,
    /// The extract rule that the claim bound to it comes from.
    pub rule: Option<PlacedWord>,
    /// Which of two claims takes it.
    #[serde(default)]
    #[schemars(schema_with = "one::<Order>")]
    pub order: Option<PlacedWord>,
    /// `@lexicon` or `@lexicon:class`: a term of it has to stand beside what is bound to it.
    pub cue: Option<PlacedWord>,
    /// The same for its header: that of its column in a row, that of its row in a column, the lead or heading of a list,
    /// the sentence of a series.
    pub header: Option<PlacedWord>,
    /// What stands on one axis of its scope: `money_stage: pre-money`.
    pub scope: Option<PlacedWord>,
    /// Where in a list or series it stands.
    #[serde(default)]
    #[schemars(schema_with = "one::<ListPart>")]
    pub at: Option<PlacedWord>,
    /// The unit in which it is wanted; `weekday` for the weekday that a date names.
    pub unit: Option<PlacedWord>,
    /// Whether it is bound to a list.
    #[serde(default)]
    pub many: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "example")]
pub(super) struct CheckExampleWire {
    /// One text.
    pub text: Option<PlacedWord>,
    /// Several texts, in place of one.
    pub documents: Option<Placed<Vec<PlacedWord>>>,
    /// What it comes to.
    #[schemars(schema_with = "one::<Expected>")]
    pub outcome: Option<PlacedWord>,
    /// Why it has to stay silent.
    pub why: Option<PlacedWord>,
}
