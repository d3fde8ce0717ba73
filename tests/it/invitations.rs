//! Who is invited, who answers, and what each may see and send.

mod answering;
mod by_name;
mod convening;
mod guests;
mod looking_up;
mod preparing;
mod silence;
