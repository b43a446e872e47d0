//! Mechanisms of FastAPI against fixtures. What is expected is what the running application says.

mod declared;
mod dependencies;
mod imports;
mod registration;
mod routers;
mod startup;
mod unknown_bases;
mod unknown_values;
