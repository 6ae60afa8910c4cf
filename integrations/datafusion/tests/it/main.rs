//! Tests the functions, the query, the program and the cluster from outside.

#[cfg(feature = "cluster")]
mod cluster;
mod frequencies;
mod functions;
#[cfg(feature = "program")]
mod program;
mod texts;
