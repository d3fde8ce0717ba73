pub mod rehearsal;
