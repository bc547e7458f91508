//! The integration tests, in one binary.
#![allow(clippy::unwrap_used)] // a test may stop where something is missing

mod access;
mod bad_input;
mod cache;
mod compare;
mod contract;
mod crowd;
mod determinism;
mod faults;
mod formats;
mod gates;
mod given;
mod graph;
mod hostile;
mod html;
mod kinds;
mod layers;
mod manual;
mod mentions;
mod mutations;
mod names;
mod origins;
mod packed;
mod program;
mod project;
mod properties;
mod quotations;
mod readers;
mod rules;
mod schemas;
mod seeds;
mod several;
mod story;
mod tables;
mod trust;
mod verify;
