//! Text with fields: f-strings.

use ecow::EcoString;

use super::{
    flow::Eval,
    interpreter::Interpreter,
    unknown::{Piece, Unknown},
    value::Value,
};
use crate::python::syntax::ast::FStringPart;

impl Interpreter {
    pub(super) fn eval_fstring(&mut self, parts: &[FStringPart]) -> Eval<Value> {
        let pieces = self.fstring_pieces(parts)?;
        Ok(Unknown::text(pieces))
    }

    fn fstring_pieces(&mut self, parts: &[FStringPart]) -> Eval<Vec<Piece>> {
        let mut pieces = vec![];
        for part in parts {
            match part {
                FStringPart::Text(text) => pieces.push(Piece::Text(text.clone())),
                FStringPart::Field {
                    value,
                    conversion,
                    spec,
                    debug_text,
                } => {
                    if let Some(text) = debug_text {
                        pieces.push(Piece::Text(text.clone()));
                    }
                    let source = self.snippet(value.span);
                    let value = self.eval(value)?;
                    let spec = self.fstring_pieces(spec)?;
                    pieces.extend(self.format_field(&value, *conversion, &spec, source)?);
                }
            }
        }
        Ok(pieces)
    }

    fn format_field(
        &mut self,
        value: &Value,
        conversion: Option<char>,
        spec: &[Piece],
        source: EcoString,
    ) -> Eval<Vec<Piece>> {
        if let Value::Unknown(unknown) = value {
            return Ok(match (&unknown.template, spec) {
                (Some(template), []) => template.to_vec(),
                _ => vec![Piece::Hole(source)],
            });
        }
        let converted = match conversion {
            Some('r' | 'a') => Value::Str(super::repr::repr(value)),
            _ => value.clone(),
        };
        let text = match spec {
            [] => return self.text_pieces(&converted),
            [Piece::Text(spec)] => super::format::format_spec(&converted, spec),
            _ => return Ok(vec![Piece::Hole(source)]),
        };
        Ok(vec![Piece::Text(text)])
    }
}
