package org.pollux.config.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a configuration that is in force.
 *
 * @param values the values of known keys, in the types that the bundle gets; keys without a value are missing
 * @param refused the keys with bad values, and known keys in another case
 * @param problems a line for each fault that the operator should know
 */
public record Checked(Map<String, Object> values, Set<String> refused, List<String> problems) {}
