//! belie cross-checks claims: it reads documents, extracts the checkable claims of each, links those that agree,
//! flags those that contradict each other, and says why.
//!
//! The modules stand in the order in which a document passes them; a module uses only those before it
//! (`tests/suite/layers.rs` enforces this).

pub mod problem;

pub mod text;

pub mod file;

pub mod value;

pub mod rule;

pub mod config;

pub mod source;

pub mod segment;

pub mod language;

pub mod mention;

pub mod entity;

pub mod claim;

pub mod origin;

pub mod align;

pub mod candidate;

pub mod graph;

pub mod compare;

pub mod check;

pub mod finding;

pub mod state;

pub mod network;

pub mod report;

pub mod review;

pub mod store;

pub mod app;

pub mod cli;
