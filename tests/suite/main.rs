//! The integration tests, in one binary.
mod bad_input;
mod contract;
mod determinism;
mod given;
mod layers;
mod properties;
mod rules;
mod seeds;
mod tables;
