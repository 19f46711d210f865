package io.undertone.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of access rights on the operators' page, the list that all else is held to. A right is written as operation, kind of resource
 * and name, such as {@code Read topic audio-chunks}; with an asterisk behind it the name is a prefix.
 */
public final class AccessRights {
    private static final Path PAGE = Path.of("docs/operators.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`undertone-[a-z]+`)?[^|]*\\| ([^|]+) \\| ([A-Z][A-Za-z, ]+) \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private AccessRights() {}

    /** The rights of a principal, sorted. */
    public static Set<String> of(String principal) throws IOException {
        String page = Files.readString(PAGE);
        Matcher row = ROW.matcher(
                page.substring(page.indexOf("| principal | resource"), page.indexOf("Read and Write imply")));
        Set<String> rights = new TreeSet<>();
        String current = "";
        while (row.find()) {
            if (row.group(1) != null) {
                current = row.group(1).replace("`", "");
            }
            if (current.equals(principal)) {
                // What stands in brackets says when or what for.
                for (String resource : row.group(2).replaceAll("\\(.*?\\)", "").split("; ", -1)) {
                    add(rights, resource, row.group(3));
                }
            }
        }
        return rights;
    }

    private static void add(Set<String> rights, String resource, String operations) {
        String kind =
                resource.startsWith("topic") ? "topic" : resource.startsWith("group") ? "group" : "transactional-id";
        Matcher name = NAME.matcher(resource);
        while (name.find()) {
            for (String operation : operations.split(", ", -1)) {
                rights.add(operation + " " + kind + " " + name.group(1) + (resource.contains("prefix") ? "*" : ""));
            }
        }
    }
}
