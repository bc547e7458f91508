//! What kinds of things claims are about.

/// The type of an entity; `Any` where nothing tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// A human being.
    Person,
    /// A company, agency, laboratory, party, club.
    Org,
    /// A country, city, region, building.
    Place,
    /// Something made and named: a model, a phone, a film.
    Product,
    /// Something that happened: a hire, a quake, a round.
    Event,
    /// Something written or said: a post, a report, a filing.
    Document,
    /// A part of an organisation.
    Team,
    /// A word or phrase spoken of as such.
    Term,
    /// Not known.
    Any,
}

impl EntityType {
    /// All types with their names in rule files.
    pub const ALL: [(EntityType, &'static str); 9] = [
        (EntityType::Person, "person"),
        (EntityType::Org, "org"),
        (EntityType::Place, "place"),
        (EntityType::Product, "product"),
        (EntityType::Event, "event"),
        (EntityType::Document, "document"),
        (EntityType::Team, "team"),
        (EntityType::Term, "term"),
        (EntityType::Any, "any"),
    ];

    /// The name in rule files.
    pub fn name(self) -> &'static str {
        EntityType::ALL.iter().find(|(t, _)| *t == self).map_or("", |(_, n)| n)
    }

    /// The type of a name.
    pub fn parse(name: &str) -> Option<EntityType> {
        EntityType::ALL.iter().find(|(_, n)| *n == name).map(|(t, _)| *t)
    }
}
