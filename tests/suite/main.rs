//! The integration tests, in one binary.
#![allow(clippy::unwrap_used)] // a test may stop where something is missing

mod bad_input;
