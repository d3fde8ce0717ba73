//! Rehearsing on one machine, without an account anywhere: a product feature and the test bench in one.
//!
//! `workspace` is the chat platform and knows nothing of the rest; `cast` is the people of a case, who act only
//! through it; `play` puts the two and the bot together, and the others write down what came of it.

pub mod cast;
pub mod files;
pub mod judge;
pub mod outcome;
pub mod play;
pub mod report;
pub mod seams;
pub mod transcript;
pub mod workspace;
