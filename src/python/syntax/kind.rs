//! The node kinds and fields of the grammar, resolved to numbers once.

use std::num::NonZeroU16;
use std::sync::LazyLock;

use tree_sitter::{Language, Node};

macro_rules! kinds {
    (named { $($named:ident = $name:literal,)* } tokens { $($token:ident = $text:literal,)* }) => {
        /// What a node of tree-sitter's is. Kinds that nothing here asks for are `Other`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind { Error, Other, $($named,)* $($token,)* }

        fn of_name(name: &str, named: bool) -> Kind {
            if named {
                match name { $($name => Kind::$named,)* _ => Kind::Other }
            } else {
                match name { $($text => Kind::$token,)* _ => Kind::Other }
            }
        }
    };
}

kinds! {
    named {
        AliasedImport = "aliased_import",
        ArgumentList = "argument_list",
        AsPattern = "as_pattern",
        AsPatternTarget = "as_pattern_target",
        AssertStatement = "assert_statement",
        Assignment = "assignment",
        Attribute = "attribute",
        AugmentedAssignment = "augmented_assignment",
        Await = "await",
        BinaryOperator = "binary_operator",
        Block = "block",
        BooleanOperator = "boolean_operator",
        BreakStatement = "break_statement",
        Call = "call",
        CaseClause = "case_clause",
        CasePattern = "case_pattern",
        Chevron = "chevron",
        ClassDefinition = "class_definition",
        ClassPattern = "class_pattern",
        Comment = "comment",
        ComparisonOperator = "comparison_operator",
        ComplexPattern = "complex_pattern",
        ConcatenatedString = "concatenated_string",
        ConditionalExpression = "conditional_expression",
        ConstrainedType = "constrained_type",
        ContinueStatement = "continue_statement",
        DecoratedDefinition = "decorated_definition",
        Decorator = "decorator",
        DefaultParameter = "default_parameter",
        DeleteStatement = "delete_statement",
        DictPattern = "dict_pattern",
        Dictionary = "dictionary",
        DictionaryComprehension = "dictionary_comprehension",
        DictionarySplat = "dictionary_splat",
        DictionarySplatPattern = "dictionary_splat_pattern",
        DottedName = "dotted_name",
        ElifClause = "elif_clause",
        Ellipsis = "ellipsis",
        ElseClause = "else_clause",
        ExceptClause = "except_clause",
        ExecStatement = "exec_statement",
        ExpressionList = "expression_list",
        ExpressionStatement = "expression_statement",
        False = "false",
        FinallyClause = "finally_clause",
        Float = "float",
        ForInClause = "for_in_clause",
        ForStatement = "for_statement",
        FormatExpression = "format_expression",
        FormatSpecifier = "format_specifier",
        FunctionDefinition = "function_definition",
        FutureImportStatement = "future_import_statement",
        GeneratorExpression = "generator_expression",
        GenericType = "generic_type",
        GlobalStatement = "global_statement",
        Identifier = "identifier",
        IfClause = "if_clause",
        IfStatement = "if_statement",
        ImportFromStatement = "import_from_statement",
        ImportPrefix = "import_prefix",
        ImportStatement = "import_statement",
        Integer = "integer",
        Interpolation = "interpolation",
        KeywordArgument = "keyword_argument",
        KeywordPattern = "keyword_pattern",
        KeywordSeparator = "keyword_separator",
        Lambda = "lambda",
        LambdaParameters = "lambda_parameters",
        LineContinuation = "line_continuation",
        List = "list",
        ListComprehension = "list_comprehension",
        ListPattern = "list_pattern",
        ListSplat = "list_splat",
        ListSplatPattern = "list_splat_pattern",
        MatchStatement = "match_statement",
        MemberType = "member_type",
        NamedExpression = "named_expression",
        None = "none",
        NonlocalStatement = "nonlocal_statement",
        NotOperator = "not_operator",
        Pair = "pair",
        Parameters = "parameters",
        ParenthesizedExpression = "parenthesized_expression",
        PassStatement = "pass_statement",
        PatternList = "pattern_list",
        PositionalSeparator = "positional_separator",
        PrintStatement = "print_statement",
        RaiseStatement = "raise_statement",
        RelativeImport = "relative_import",
        ReturnStatement = "return_statement",
        Set = "set",
        SetComprehension = "set_comprehension",
        Slice = "slice",
        SplatPattern = "splat_pattern",
        SplatType = "splat_type",
        String = "string",
        StringContent = "string_content",
        StringEnd = "string_end",
        StringStart = "string_start",
        Subscript = "subscript",
        True = "true",
        TryStatement = "try_statement",
        Tuple = "tuple",
        TuplePattern = "tuple_pattern",
        Type = "type",
        TypeAliasStatement = "type_alias_statement",
        TypeConversion = "type_conversion",
        TypeParameter = "type_parameter",
        TypedDefaultParameter = "typed_default_parameter",
        TypedParameter = "typed_parameter",
        UnaryOperator = "unary_operator",
        UnionPattern = "union_pattern",
        UnionType = "union_type",
        WhileStatement = "while_statement",
        WildcardImport = "wildcard_import",
        WithClause = "with_clause",
        WithItem = "with_item",
        WithStatement = "with_statement",
        Yield = "yield",
    }
    tokens {
        Ampersand = "&",
        Async = "async",
        AtSign = "@",
        BraceOpen = "{",
        Caret = "^",
        Colon = ":",
        Comma = ",",
        Equals = "=",
        From = "from",
        KeywordAnd = "and",
        KeywordIn = "in",
        KeywordIs = "is",
        KeywordIsNot = "is not",
        KeywordNotIn = "not in",
        KeywordOr = "or",
        DoubleEquals = "==",
        DoubleSlash = "//",
        DoubleStar = "**",
        Greater = ">",
        GreaterEqual = ">=",
        Less = "<",
        LessEqual = "<=",
        LessGreater = "<>",
        Minus = "-",
        NotEqual = "!=",
        ParenClose = ")",
        ParenOpen = "(",
        Percent = "%",
        Pipe = "|",
        Plus = "+",
        ShiftLeft = "<<",
        ShiftRight = ">>",
        Slash = "/",
        Star = "*",
        Tilde = "~",
        Underscore = "_",
    }
}

macro_rules! fields {
    ($($field:ident = $name:literal,)*) => {
        /// The fields that lowering asks for, by number.
        pub(super) struct Fields { $(pub(super) $field: Option<NonZeroU16>,)* }

        impl Fields {
            fn new(language: &Language) -> Self {
                Self { $($field: language.field_id_for_name($name),)* }
            }
        }
    };
}

fields! {
    alias = "alias",
    alternative = "alternative",
    arguments = "arguments",
    attribute = "attribute",
    body = "body",
    cause = "cause",
    condition = "condition",
    consequence = "consequence",
    definition = "definition",
    function = "function",
    guard = "guard",
    key = "key",
    left = "left",
    module_name = "module_name",
    name = "name",
    object = "object",
    operator = "operator",
    parameters = "parameters",
    return_type = "return_type",
    right = "right",
    subject = "subject",
    subscript = "subscript",
    superclasses = "superclasses",
    ty = "type",
    type_parameters = "type_parameters",
    value = "value",
}

struct Grammar {
    kinds: Vec<Kind>,
    fields: Fields,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let language = Language::from(tree_sitter_python::LANGUAGE);
    let kinds = (0..language.node_kind_count() as u16)
        .map(|id| {
            of_name(
                language.node_kind_for_id(id).unwrap_or_default(),
                language.node_kind_is_named(id),
            )
        })
        .collect();
    Grammar {
        kinds,
        fields: Fields::new(&language),
    }
});

impl Kind {
    /// The kind of a node.
    pub(super) fn of(node: Node<'_>) -> Self {
        if node.is_error() {
            return Self::Error;
        }
        GRAMMAR
            .kinds
            .get(usize::from(node.kind_id()))
            .copied()
            .unwrap_or(Self::Other)
    }
}

/// The numbers of the fields.
pub(super) fn fields() -> &'static Fields {
    &GRAMMAR.fields
}
