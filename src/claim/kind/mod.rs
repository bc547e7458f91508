//! The kinds of claims that need code. Everything stated by wording alone is a rule in `rules/extract/` and goes through
//! `framed`; a new kind here is a file and a row of [`KINDS`].

mod bare;
mod cell;
mod event_date;
mod exchange;
mod framed;
mod holder;
mod identity;
mod model;
mod quantity;
mod quote;
mod ordinal;
mod statement;
mod superlative;
mod word;

pub use model::Kind;
pub(super) use quantity::intern as intern_cues;

/// All kinds, in the order in which they run: a value that a frame has taken is not taken again.
pub const KINDS: &[&dyn Kind] = &[
    &exchange::Exchange,
    &framed::Framed,
    &holder::Holder,
    &quote::Quote,
    &event_date::EventDate,
    &cell::Lone,
    &quantity::Measured,
    &bare::Bare,
    &ordinal::Ranked,
    &superlative::Superlative,
    &identity::Identity,
    &statement::Stated,
];
