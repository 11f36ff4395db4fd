package org.pollux.config.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is in force of a configuration.
 *
 * @param values those of keys that the bundle knows, as it gets them; keys without a value of their own are not there
 * @param refused the keys whose values could not be used, and known keys in another case
 * @param problems a line for each that the operator should know
 */
public record Checked(Map<String, Object> values, Set<String> refused, List<String> problems) {}
