//! `fenci_clean(text)`.

use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StringViewBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::error::Result;

use super::{Constants, Parameter, TextFunction, Texts};
use crate::options::Tools;

#[derive(Debug)]
pub(super) struct Clean;

impl TextFunction for Clean {
    fn name(&self) -> &'static str {
        "fenci_clean"
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[]
    }

    fn return_type(&self) -> DataType {
        DataType::Utf8View
    }

    fn call<'a>(&self, tools: &'a Tools, texts: &Texts<'a>, _: &Constants) -> Result<ArrayRef> {
        let mut cleaned = StringViewBuilder::with_capacity(texts.len());
        texts.each(|text| {
            match text {
                Some(text) => cleaned.append_value(tools.cleaner.clean(text).text()),
                None => cleaned.append_null(),
            }
            Ok(())
        })?;
        Ok(Arc::new(cleaned.finish()))
    }
}
