//! The SQL functions: registration, planning and calls.

mod clean;
mod cut;
mod keywords;
mod lists;
mod tag;
mod terms;

use std::fmt::{self, Debug};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{DataFusionError, ScalarValue, exec_err, plan_err};
use datafusion::error::Result;
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::prelude::SessionContext;

use crate::Options;
use crate::options::Tools;

/// Adds the functions to `context`.
///
/// See the [crate's documentation](crate) for an example.
pub fn register(context: &SessionContext, options: Options) {
    functions(options).into_iter().for_each(|function| context.register_udf(function));
}

/// Returns the functions, for a registry other than a [`SessionContext`].
pub fn functions(options: Options) -> Vec<ScalarUDF> {
    let tools = Arc::new(options.tools());
    let udf = |function: &'static dyn TextFunction| {
        ScalarUDF::new_from_impl(Udf {
            function,
            tools: tools.clone(),
            signature: Signature::user_defined(Volatility::Immutable),
        })
    };
    vec![udf(&cut::Cut), udf(&tag::Tag), udf(&keywords::Keywords), udf(&clean::Clean), udf(&terms::Terms)]
}

/// A function of a text and constants.
trait TextFunction: Debug + Send + Sync {
    fn name(&self) -> &'static str;

    /// The arguments after the text.
    fn parameters(&self) -> &'static [Parameter];

    fn return_type(&self) -> DataType;

    /// Applies the function to a column of texts.
    fn call<'a>(&self, tools: &'a Tools, texts: &Texts<'a>, constants: &Constants) -> Result<ArrayRef>;
}

/// An argument after the text.
#[derive(Debug)]
struct Parameter {
    name: &'static str,
    kind: Kind,
    is_optional: bool,
}

#[derive(Debug)]
enum Kind {
    /// One of these words; the first is the default.
    Choice(&'static [&'static str]),
    /// A whole number that is not negative.
    Number,
    /// True or false.
    Flag,
}

impl Kind {
    fn data_type(&self) -> DataType {
        match self {
            Kind::Choice(_) => DataType::Utf8,
            Kind::Number => DataType::Int64,
            Kind::Flag => DataType::Boolean,
        }
    }

    /// Returns whether `found` can be cast to the parameter's type without loss.
    fn accepts(&self, found: &DataType) -> bool {
        match self {
            Kind::Choice(_) => is_text(found),
            Kind::Number => found.is_integer(),
            Kind::Flag => *found == DataType::Boolean,
        }
    }

    /// Returns the number for a constant: the index of a choice, the number itself, or 0 or 1.
    fn read(&self, value: &ScalarValue) -> Option<usize> {
        match (self, value) {
            (Kind::Choice(choices), value) => {
                let text = value.try_as_str()??;
                choices.iter().position(|choice| *choice == text)
            }
            (Kind::Number, value) => match value.cast_to(&DataType::Int64).ok()? {
                ScalarValue::Int64(Some(number)) => usize::try_from(number).ok(),
                _ => None,
            },
            (Kind::Flag, ScalarValue::Boolean(Some(flag))) => Some((*flag).into()),
            (Kind::Flag, _) => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Choice(choices) => write!(f, "'{}'", choices.join("', '")),
            Kind::Number => f.write_str("a whole number from 0"),
            Kind::Flag => f.write_str("true or false"),
        }
    }
}

/// The constants of a call, as [`Kind::read`] returns them; 0 for a constant that was left out.
struct Constants([usize; 2]);

/// A function with its tools, in the form that DataFusion needs.
#[derive(Debug)]
struct Udf {
    function: &'static dyn TextFunction,
    tools: Arc<Tools>,
    signature: Signature,
}

impl PartialEq for Udf {
    fn eq(&self, other: &Udf) -> bool {
        self.name() == other.name() && Arc::ptr_eq(&self.tools, &other.tools)
    }
}

impl Eq for Udf {}

impl Hash for Udf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl Udf {
    /// Returns the usage of the function, for messages.
    fn usage(&self) -> String {
        let parameters = self.function.parameters().iter().map(|parameter| match parameter.is_optional {
            true => format!(" [, {}]", parameter.name),
            false => format!(", {}", parameter.name),
        });
        format!("{}(text{})", self.name(), parameters.collect::<String>())
    }

    /// Reads the constants. A `None` is not known yet.
    fn constants(&self, arguments: &[Option<&ScalarValue>]) -> Result<Constants, String> {
        let mut constants = Constants([0; 2]);
        for ((parameter, argument), slot) in self.function.parameters().iter().zip(arguments).zip(&mut constants.0) {
            if let Some(value) = argument {
                *slot = parameter.kind.read(value).ok_or_else(|| {
                    format!("{}: expected {} as {}, found {value}", self.usage(), parameter.kind, parameter.name)
                })?;
            }
        }
        Ok(constants)
    }
}

impl ScalarUDFImpl for Udf {
    fn name(&self) -> &str {
        self.function.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.function.return_type())
    }

    fn coerce_types(&self, found: &[DataType]) -> Result<Vec<DataType>> {
        let parameters = self.function.parameters();
        let least = 1 + parameters.iter().filter(|parameter| !parameter.is_optional).count();
        let Some((text, constants)) = found.split_first() else {
            return plan_err!("{}: expected a text, found no argument", self.usage());
        };
        if found.len() < least || constants.len() > parameters.len() {
            let most = 1 + parameters.len();
            return plan_err!("{}: expected {least} to {most} arguments, found {}", self.usage(), found.len());
        }
        let text = match text {
            DataType::Dictionary(_, values) if is_text(values) => values.as_ref().clone(),
            DataType::Null => DataType::Utf8,
            text if is_text(text) => text.clone(),
            other => {
                return plan_err!(
                    "{}: expected a text (Utf8, LargeUtf8 or Utf8View), found {other}; use CAST(... AS VARCHAR) \
                     if it holds one",
                    self.usage()
                );
            }
        };
        let mut types = vec![text];
        for (parameter, found) in parameters.iter().zip(constants) {
            if !parameter.kind.accepts(found) {
                let Parameter { name, kind, .. } = parameter;
                return plan_err!("{}: expected {kind} as {name}, found {found}", self.usage());
            }
            types.push(parameter.kind.data_type());
        }
        Ok(types)
    }

    /// Checks the constants as soon as they are known.
    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        if let Err(message) = self.constants(args.scalar_arguments.get(1..).unwrap_or_default()) {
            return plan_err!("{message}");
        }
        let field = Field::new(self.name(), self.function.return_type(), true);
        Ok(Arc::new(field))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some((text, constants)) = args.args.split_first() else {
            return exec_err!("{}: expected a text, found no argument", self.usage());
        };
        let mut values = Vec::with_capacity(constants.len());
        for (value, parameter) in constants.iter().zip(self.function.parameters()) {
            match value {
                ColumnarValue::Scalar(value) => values.push(Some(value)),
                ColumnarValue::Array(_) => {
                    return exec_err!("{}: expected a constant as {}, found a column", self.usage(), parameter.name);
                }
            }
        }
        let constants = self.constants(&values).map_err(DataFusionError::Execution)?;
        let is_constant = matches!(text, ColumnarValue::Scalar(_));
        let array = text.to_array(if is_constant { 1 } else { args.number_rows })?;
        let texts = Texts::new(&array)?;
        self.tools.progress.add(texts.count(), texts.bytes());
        let result = self.function.call(&self.tools, &texts, &constants)?;
        Ok(match is_constant {
            true => ColumnarValue::Scalar(ScalarValue::try_from_array(&result, 0)?),
            false => ColumnarValue::Array(result),
        })
    }
}

fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// A column of texts, in any of their three types.
struct Texts<'a>(&'a ArrayRef);

impl<'a> Texts<'a> {
    fn new(array: &'a ArrayRef) -> Result<Texts<'a>> {
        match is_text(array.data_type()) {
            true => Ok(Texts(array)),
            false => exec_err!("expected texts, found {}", array.data_type()),
        }
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the number of texts that are not null.
    fn count(&self) -> u64 {
        (self.0.len() - self.0.null_count()) as u64
    }

    fn bytes(&self) -> u64 {
        let mut bytes = 0;
        // The closure never fails.
        let _ = self.each(|text| {
            bytes += text.map_or(0, str::len) as u64;
            Ok(())
        });
        bytes
    }

    /// Calls `each` with every text, until it returns an error.
    fn each(&self, each: impl FnMut(Option<&'a str>) -> Result<()>) -> Result<()> {
        match self.0.data_type() {
            DataType::Utf8 => self.0.as_string::<i32>().iter().try_for_each(each),
            DataType::LargeUtf8 => self.0.as_string::<i64>().iter().try_for_each(each),
            _ => self.0.as_string_view().iter().try_for_each(each),
        }
    }
}
