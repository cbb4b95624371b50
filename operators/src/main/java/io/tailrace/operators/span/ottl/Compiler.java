package io.tailrace.operators.span.ottl;

import io.tailrace.operators.span.semconv.Semconv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes evaluators of what a condition says, and refuses what cannot make sense of any span. */
final class Compiler {

    private final Paths paths;
    private final Calls calls;

    Compiler(Context context, Semconv semconv) {
        this.paths = new Paths(context, semconv, this);
        this.calls = new Calls(this);
    }

    Condition condition(Syntax syntax) throws OttlException {
        if (syntax instanceof Syntax.And and) {
            return all(conditions(and.operands()));
        } else if (syntax instanceof Syntax.Or or) {
            return any(conditions(or.operands()));
        } else if (syntax instanceof Syntax.Not not) {
            Condition operand = condition(not.operand());
            return row -> !operand.test(row);
        } else if (syntax instanceof Syntax.Comparison comparison) {
            return Comparisons.compile(
                    comparison.operator(),
                    expression(comparison.left()),
                    expression(comparison.right()));
        }
        Expression value = expression(syntax);
        if (syntax instanceof Syntax.Path) {
            throw new OttlException(
                    syntax.column(),
                    "expected a condition; compare the path with a value, such as '== true'");
        }
        return truth(syntax.column(), value);
    }

    private Condition[] conditions(List<Syntax> operands) throws OttlException {
        Condition[] conditions = new Condition[operands.size()];
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = condition(operands.get(i));
        }
        return conditions;
    }

    private static Condition all(Condition[] conditions) {
        return row -> {
            for (Condition condition : conditions) {
                if (!condition.test(row)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Condition any(Condition[] conditions) {
        return row -> {
            for (Condition condition : conditions) {
                if (condition.test(row)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Condition truth(int column, Expression expression) throws OttlException {
        if (expression.type() != Type.BOOL && expression.type() != Type.ANY) {
            throw new OttlException(
                    column, "expected a condition, found " + expression.type().described());
        }
        return row -> {
            Object value = expression.value(row);
            if (value instanceof Boolean truth) {
                return truth;
            }
            throw new OttlEvaluationException(
                    "a condition is a bool, not " + Type.of(value).described());
        };
    }

    Expression expression(Syntax syntax) throws OttlException {
        if (syntax instanceof Syntax.Literal literal) {
            return new Expression.Constant(literal.value());
        } else if (syntax instanceof Syntax.Symbol symbol) {
            return Symbols.resolve(symbol);
        } else if (syntax instanceof Syntax.Path path) {
            return paths.resolve(path);
        } else if (syntax instanceof Syntax.Call call) {
            return calls.compile(call);
        } else if (syntax instanceof Syntax.ListOf list) {
            return list(list);
        } else if (syntax instanceof Syntax.MapOf map) {
            return map(map);
        } else if (syntax instanceof Syntax.Negated negated) {
            Expression operand = expression(negated.operand());
            return folded(negated, Arithmetic.negate(negated.column(), operand), operand);
        } else if (syntax instanceof Syntax.Calculation calculation) {
            Expression left = expression(calculation.left());
            Expression right = expression(calculation.right());
            return folded(
                    calculation,
                    calculation.operation().compile(calculation.column(), left, right),
                    left,
                    right);
        }
        throw new OttlException(syntax.column(), "expected a value, found a condition");
    }

    List<Expression> expressions(List<Syntax> all) throws OttlException {
        List<Expression> expressions = new ArrayList<>();
        for (Syntax each : all) {
            expressions.add(expression(each));
        }
        return expressions;
    }

    private Expression list(Syntax.ListOf list) throws OttlException {
        List<Expression> elements = expressions(list.elements());
        return folded(
                list,
                new Expression.Computed(
                        Type.LIST,
                        row -> {
                            List<Object> values = new ArrayList<>(elements.size());
                            for (Expression element : elements) {
                                values.add(element.value(row));
                            }
                            return values;
                        }),
                elements.toArray(Expression[]::new));
    }

    private Expression map(Syntax.MapOf map) throws OttlException {
        Map<String, Expression> entries = new LinkedHashMap<>();
        for (Syntax.Entry entry : map.entries()) {
            entries.put(entry.key(), expression(entry.value()));
        }
        return folded(
                map,
                new Expression.Computed(
                        Type.MAP,
                        row -> {
                            Map<String, Object> values = new LinkedHashMap<>();
                            entries.forEach((key, value) -> values.put(key, value.value(row)));
                            return values;
                        }),
                entries.values().toArray(Expression[]::new));
    }

    /**
     * What only depends on constants is found out once, and refused where it cannot be.
     *
     * @param inputs all that the expression depends on
     */
    static Expression folded(Syntax syntax, Expression expression, Expression... inputs)
            throws OttlException {
        for (Expression input : inputs) {
            if (!(input instanceof Expression.Constant)) {
                return expression;
            }
        }
        try {
            return new Expression.Constant(expression.value(null));
        } catch (OttlEvaluationException wrong) {
            throw new OttlException(syntax.column(), wrong.getMessage());
        }
    }
}
