package org.pollux.http.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of each {@code pollux.http.files~NAME}. */
@ObjectClassDefinition(name = "Pollux HTTP files", description = "Serves the files of a folder")
@interface FilesConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "Where they are served, with everything below; several are separated by commas")
    String[] path();

    @AttributeDefinition(
            name = "Folder",
            description = "What is served; relative to the home of the server, if it does not begin with a slash")
    String folder();

    @AttributeDefinition(
            name = "Index files",
            description = "The file that stands for its folder, the first that is there; separated by commas")
    String[] index() default "index.html";

    @AttributeDefinition(
            name = "Follow links",
            description =
                    "Whether symbolic links are followed, wherever they lead; else what is behind one is not there")
    boolean followLinks() default false;

    @AttributeDefinition(
            name = "Hidden files",
            description = "Whether names that begin with a dot are served; .well-known always is")
    boolean hidden() default false;

    @AttributeDefinition(
            name = "Precompressed",
            description = "Whether NAME.br and NAME.gz are sent in the place of NAME to clients that can read them")
    boolean precompressed() default true;

    @AttributeDefinition(
            name = "Cache-Control",
            description = "The field of that name, as in 'max-age=3600'; none is sent when it is empty")
    String cacheControl() default "";

    @AttributeDefinition(name = "Charset", description = "What is said of texts; nothing is when it is empty")
    String charset() default "utf-8";

    @AttributeDefinition(
            name = "Types",
            description =
                    "Media types by extension, which come before the known ones: 'foo=text/x-foo, bar=image/x-bar'")
    String[] types() default {};
}
