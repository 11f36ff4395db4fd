package org.pollux.http.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of each {@code pollux.http.files~NAME}. */
@ObjectClassDefinition(name = "Pollux HTTP files", description = "Serves the files of a folder")
@interface FilesConfiguration {

    @AttributeDefinition(
            name = "Paths",
            description = "The paths where they are served, with everything below; commas separate several")
    String[] path();

    @AttributeDefinition(
            name = "Folder",
            description = "The folder. If it does not begin with a slash, it is in the home of the server")
    String folder();

    @AttributeDefinition(
            name = "Index files",
            description = "The file that is sent for a folder: the first of these names that exists; commas separate "
                    + "several")
    String[] index() default "index.html";

    @AttributeDefinition(
            name = "Follow links",
            description = "Whether symbolic links are followed, wherever they lead. Otherwise a path through a link "
                    + "is 404")
    boolean followLinks() default false;

    @AttributeDefinition(
            name = "Hidden files",
            description = "Whether names that begin with a dot are served; .well-known always is")
    boolean hidden() default false;

    @AttributeDefinition(
            name = "Precompressed",
            description = "Whether NAME.br and NAME.gz are sent instead of NAME to clients that accept them")
    boolean precompressed() default true;

    @AttributeDefinition(
            name = "Cache-Control",
            description = "The Cache-Control field, such as 'max-age=3600'. If it is empty, the field is not sent")
    String cacheControl() default "";

    @AttributeDefinition(name = "Charset", description = "The charset of texts. If it is empty, no charset is sent")
    String charset() default "utf-8";

    @AttributeDefinition(
            name = "Types",
            description = "Media types by extension, before the known ones: 'foo=text/x-foo, bar=image/x-bar'")
    String[] types() default {};
}
